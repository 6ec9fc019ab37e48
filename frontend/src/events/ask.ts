import type { LoggedStep, Step } from '#/api/types'

export const isOpen = (step: Step) => step.state === 'started' || step.state === 'running'

/**
 * What the log says of a run's questions to people: such a step names the approval that holds its question. A call of a
 * tool that the run's client executes, and a signal that is awaited, are asked in the same way, but not of people.
 */
export const isAsk = ({ kind, input }: Pick<LoggedStep, 'kind' | 'input'>) =>
  kind === 'decision' ||
  (kind !== 'tool' &&
    (kind as string) !== 'client' &&
    (input as { kind?: unknown } | null)?.kind !== 'signal' &&
    typeof (input as { approval?: unknown } | null)?.approval === 'string')
