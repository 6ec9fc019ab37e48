import { useCallback, useState, useSyncExternalStore } from 'react'
import { hasEnded } from '#/api/runCan'
import { readLog } from '#/api/runs'
import type { Run, RunEvent } from '#/api/types'
import { followRun, type Connection } from './stream'
import { apply, applyDelta, applyReset, applyRunning, replay, type RunView } from './view'

/** Between two attempts to mend a gap, so that a confused server is not asked in a tight loop. */
const MEND_MS = 300
/** How often a run that is queued behind another is looked at: browsers allow only a few open streams. */
const BEHIND_MS = 1_500

export type Feed = { view: RunView; connection: Connection }

/**
 * One run as a thing that can be watched: starts from the events a page already has, follows the live stream while
 * somebody looks, and tells its watchers at most once per frame.
 */
export class RunFeed {
  private feed: Feed
  /** What watchers were last told; `feed` may be ahead of it by a frame. */
  private shown: Feed
  private readonly watchers = new Set<() => void>()
  private following: AbortController | null = null
  private frame = 0

  readonly id: string

  constructor(run: Run, events: RunEvent[]) {
    this.id = run.id
    this.feed = { view: replay(run, events), connection: 'connecting' }
    if (hasEnded(this.feed.view.state)) this.feed.connection = 'ended'
    this.shown = this.feed
  }

  read = () => this.shown

  watch = (watcher: () => void) => {
    this.watchers.add(watcher)
    if (this.watchers.size === 1) this.follow()
    return () => {
      this.watchers.delete(watcher)
      if (this.watchers.size === 0) this.leave()
    }
  }

  private follow() {
    if (this.following || hasEnded(this.feed.view.state)) return
    const attempt = new AbortController()
    this.following = attempt
    if (this.feed.view.behind) return void this.look(attempt.signal)
    void followRun(
      this.feed.view.id,
      {
        after: () => this.feed.view.seq,
        onEvent: (event) => this.take(apply(this.feed.view, event)),
        onDelta: (delta) => this.take(applyDelta(this.feed.view, delta)),
        onReset: (reset) => this.take(applyReset(this.feed.view, reset)),
        onRunning: (step) => this.take(applyRunning(this.feed.view, step)),
        onConnection: (connection) => {
          this.feed = { ...this.feed, connection }
          this.tellNextFrame()
        },
      },
      attempt.signal,
    )
  }

  /** Until it is its turn, the log is read now and then; after that the stream is followed. */
  private async look(signal: AbortSignal) {
    while (!signal.aborted && this.feed.view.behind) {
      const news = await readLog(this.id, this.feed.view.seq, signal).catch(() => [])
      if (signal.aborted) return
      this.take(news.reduce(apply, this.feed.view))
      if (this.feed.view.behind) await new Promise((resolve) => setTimeout(resolve, BEHIND_MS))
    }
    if (signal.aborted) return
    this.following = null
    this.follow()
  }

  private leave() {
    this.following?.abort()
    this.following = null
  }

  private take(view: RunView) {
    if (view === this.feed.view) return
    this.feed = { ...this.feed, view: view.gap ? { ...view, gap: false } : view }
    this.tellNextFrame()
    // Something was missed: open the stream again from the last event that is surely here.
    if (view.gap) {
      this.leave()
      setTimeout(() => this.watchers.size > 0 && this.follow(), MEND_MS)
    }
  }

  private tellNextFrame() {
    if (this.frame) return
    const tell = () => {
      this.frame = 0
      this.shown = this.feed
      for (const watcher of this.watchers) watcher()
    }
    // A hidden page gets no frames, but its title and its announcements must go on.
    this.frame = document.hidden ? window.setTimeout(tell, 200) : requestAnimationFrame(tell)
  }
}

const nothing = () => () => {}

/** The feed's latest view, read again at most once per frame. */
export function useFeed(feed: RunFeed): Feed
export function useFeed(feed: RunFeed | undefined): Feed | undefined
export function useFeed(feed: RunFeed | undefined) {
  return useSyncExternalStore(feed?.watch ?? nothing, feed?.read ?? (() => undefined))
}

/** One feed per run for as long as the page stands, whatever is fetched again meanwhile. */
class KnownFeeds {
  private readonly known = new Map<string, RunFeed>()
  private list: RunFeed[] = []

  /** The same list as before for the same runs. */
  of(runs: { run: Run; events: RunEvent[] }[]): RunFeed[] {
    const list = runs.map(({ run, events }) => this.known.get(run.id) ?? this.open(run, events))
    if (!sameEntries(list, this.list)) this.list = list
    return this.list
  }

  private open(run: Run, events: RunEvent[]) {
    const feed = new RunFeed(run, events)
    this.known.set(run.id, feed)
    return feed
  }
}

export function useFeeds(runs: { run: Run; events: RunEvent[] }[]): RunFeed[] {
  const [feeds] = useState(() => new KnownFeeds())
  return feeds.of(runs)
}

const sameEntries = <T>(left: T[], right: T[]) =>
  left.length === right.length && left.every((one, index) => one === right[index])

/** The latest views of several feeds. */
export function useAllFeeds(feeds: RunFeed[]): Feed[] {
  const watch = useCallback(
    (watcher: () => void) => {
      const leave = feeds.map((feed) => feed.watch(watcher))
      return () => leave.forEach((one) => one())
    },
    [feeds],
  )
  return useSyncExternalStore(watch, () => readAll(feeds))
}

const shown = new WeakMap<RunFeed[], Feed[]>()
function readAll(feeds: RunFeed[]): Feed[] {
  const now = feeds.map((feed) => feed.read())
  const before = shown.get(feeds)
  if (before && sameEntries(before, now)) return before
  shown.set(feeds, now)
  return now
}
