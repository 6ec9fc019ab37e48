import { number } from '#/ui/search'

/** What the address of the playground holds: the step that is asked once more. */
export const playgroundSearch = (search: Record<string, unknown>): { step?: number } => ({ step: number(search.step) })
