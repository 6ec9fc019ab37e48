import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Trigger } from '#/api/types'
import { NewDefinition } from '#/definitions/NewDefinition'
import { FieldSet } from '#/ui/Field'
import { TickLabel } from '#/ui/Tick'
import { templates } from './definition'
import { TriggerEditor } from './TriggerEditor'
import { sources } from './words'
import './new-trigger-page.css'

const choices: { source: Trigger['source']; says: string }[] = [
  { source: 'schedule', says: 'at times, on the clocks of a place' },
  { source: 'webhook', says: 'when another system sends a message' },
  { source: 'event', says: 'when a run ends or an approval opens or is decided here' },
]
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export function NewTriggerPage() {
  const [source, setSource] = useState<Trigger['source']>('schedule')
  return (
    <NewDefinition
      title="New trigger"
      crumb={<Link to="/triggers">Triggers</Link>}
      suggested="my-trigger"
      renderEditor={(name, denied) => (
        <TriggerEditor name={name} start={templates[source](name, here())} denied={denied} />
      )}
    >
      <FieldSet className="trigger-sources">
        <legend>Fires</legend>
        {choices.map((choice) => (
          <TickLabel key={choice.source}>
            <input
              type="radio"
              name="source"
              checked={source === choice.source}
              onChange={() => setSource(choice.source)}
            />
            <span>
              {sources[choice.source]} <span className="small">{choice.says}</span>
            </span>
          </TickLabel>
        ))}
      </FieldSet>
    </NewDefinition>
  )
}
