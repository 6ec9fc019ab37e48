import type { Said } from './Problem'

export type Shown = { title: string; description?: string; failed: boolean; requestId?: string }

// What is said before the list is there to show it.
const waiting: Shown[] = []
let show = (toast: Shown) => {
  waiting.push(toast)
}

export const toasts = {
  failed: ({ title, detail, hint, requestId }: Said) =>
    show({ title, description: [detail, hint].filter(Boolean).join('. '), failed: true, requestId }),
  done: (title: string) => show({ title, failed: false }),
}

/** Shows what waits, and all that comes, by `list`. */
export function connect(list: (toast: Shown) => unknown) {
  show = list
  waiting.splice(0).forEach(list)
}
