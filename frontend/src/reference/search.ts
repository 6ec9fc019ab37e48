import { text } from '#/ui/search'

/** What the address of the page holds: which operations are shown. */
export const referenceSearch = (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) })
