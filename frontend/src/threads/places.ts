import type { Branch, Run } from '#/api/types'

/** A place in a conversation: the attempts at one turn, oldest first, of which the newest counts. */
export type Place<T> = { root: string; attempts: T[] }

/** Turns by their places, oldest first: a retry stands where the run stands that it repeats. */
export function placesOf<T>(turns: T[], runOf: (turn: T) => Pick<Run, 'id' | 'origin'>): Place<T>[] {
  const places: Place<T>[] = []
  const placeOf = new Map<string, Place<T>>()
  for (const turn of turns) {
    const { id, origin } = runOf(turn)
    const known = origin?.how === 'retry' ? placeOf.get(origin.run) : undefined
    const place = known ?? { root: id, attempts: [] }
    if (!known) places.push(place)
    place.attempts.push(turn)
    placeOf.set(id, place)
  }
  return places
}

/** One way that the conversation goes from a place on, in its own thread. */
export type Way = { run: string; thread: string }

/** Where a place branches: all ways from it, oldest first, and which of them is shown. */
export type Fork = { root: string; ways: Way[]; at: number }

/**
 * The ways from the place of a run. `origins` says in which thread a run stands that another place was branched off from.
 */
export function forkAt(
  run: Pick<Run, 'id' | 'thread' | 'origin'>,
  branches: Branch[],
  origins: Map<string, string>,
): Fork {
  const { origin } = run
  const root = origin?.how === 'fork' && origin.step === 0 ? origin.run : run.id
  const own = branches.filter((branch) => branch.origin === root)
  const thread = root === run.id ? run.thread : origins.get(root)
  const ways = [...(thread ? [{ run: root, thread }] : []), ...own]
    .filter((way, index, all) => all.findIndex((other) => other.run === way.run) === index)
    .map((way) => ({ run: way.run, thread: way.thread }))
  return { root, ways, at: ways.findIndex((way) => way.run === run.id) }
}
