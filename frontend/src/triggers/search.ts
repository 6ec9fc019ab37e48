import { oneOf } from '#/ui/search'

export type TriggerSection = 'edit'
const sections: TriggerSection[] = ['edit']

/** What the address of a trigger's page holds. */
export const triggerSearch = (search: Record<string, unknown>): { show?: TriggerSection } => ({
  show: oneOf(sections, search.show),
})
