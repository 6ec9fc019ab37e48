import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { hasStatus, inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import { triggerQuery } from '#/api/triggers'
import type { Trigger } from '#/api/types'
import { ButtonLink } from '#/ui/ButtonLink'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Sections } from '#/ui/Sections'
import { RunNow } from './RunNow'
import type { TriggerSection } from './search'
import { SwitchTrigger } from './SwitchTrigger'
import { TriggerEditor } from './TriggerEditor'
import { TriggerView } from './TriggerView'

const sections: { name?: TriggerSection; label: string }[] = [{ label: 'Firings' }, { name: 'edit', label: 'Edit' }]

export function TriggerPage() {
  const { name } = useParams({ from: '/shell/triggers/$name' })
  const { show } = useSearch({ from: '/shell/triggers/$name' })
  const trigger = useQuery(triggerQuery(name))
  const { data: session } = useQuery(sessionQuery)
  if (hasStatus(trigger.error, 404)) {
    return (
      <Empty alone says={`No trigger called "${name}"`}>
        <ButtonLink to="/triggers">Show all triggers</ButtonLink>
      </Empty>
    )
  }
  return (
    <Page
      name={name}
      crumb={<Link to="/triggers">Triggers</Link>}
      title={<span>{name}</span>}
      about={trigger.data?.description}
      actions={
        trigger.data && (
          <>
            <SwitchTrigger trigger={trigger.data} blocked={denied(session, 'build')} />
            <RunNow trigger={trigger.data} blocked={denied(session, 'run')} />
          </>
        )
      }
    >
      <Sections label="Sections of the trigger">
        {sections.map((section) => (
          <Link
            key={section.label}
            from="/triggers/$name"
            search={{ show: section.name }}
            activeOptions={{ explicitUndefined: true }}
          >
            {section.label}
          </Link>
        ))}
      </Sections>
      {(trigger.error || trigger.isPending) && (
        <Content label="Trigger">{trigger.error ? <Problem says={inWords(trigger.error)} /> : <Bones />}</Content>
      )}
      {trigger.data && !show && <TriggerView trigger={trigger.data} />}
      {trigger.data && show === 'edit' && <Edit key={name} trigger={trigger.data} denied={denied(session, 'build')} />}
    </Page>
  )
}

/** Edits what was there when editing began; what others save meanwhile does not take the text away. */
function Edit({ trigger: current, denied: why }: { trigger: Trigger; denied: string | false }) {
  const [trigger] = useState(current)
  return <TriggerEditor name={trigger.name} start={trigger.yaml ?? ''} from={trigger.version} denied={why} />
}
