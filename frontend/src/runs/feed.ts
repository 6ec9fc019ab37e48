import { useState, useSyncExternalStore } from 'react'
import { hasEnded } from '../api/can'
import type { Run, RunEvent } from '../api/types'
import { followRun, type Connection } from './stream'
import { apply, applyDelta, applyRunning, replay, type RunView } from './view'

/** Between two attempts to mend a gap, so that a confused server is not asked in a tight loop. */
const MEND_MS = 300

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
    void followRun(
      this.feed.view.id,
      {
        after: () => this.feed.view.seq,
        onEvent: (event) => this.take(apply(this.feed.view, event)),
        onDelta: (delta) => this.take(applyDelta(this.feed.view, delta)),
        onRunning: (step) => this.take(applyRunning(this.feed.view, step)),
        onConnection: (connection) => {
          this.feed = { ...this.feed, connection }
          this.tellNextFrame()
        },
      },
      attempt.signal,
    )
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
export function useFeeds(runs: { run: Run; events: RunEvent[] }[]): RunFeed[] {
  const [feeds] = useState(() => new Map<string, RunFeed>())
  return runs.map(({ run, events }) => {
    const known = feeds.get(run.id)
    if (known) return known
    const feed = new RunFeed(run, events)
    feeds.set(run.id, feed)
    return feed
  })
}
