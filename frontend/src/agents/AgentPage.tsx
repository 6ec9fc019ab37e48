import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { agentQuery } from '#/api/agents'
import { hasStatus, inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import { ButtonLink } from '#/ui/ButtonLink'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Sections } from '#/ui/Sections'
import { AgentActions } from './AgentActions'
import { DefinitionView } from './DefinitionView'
import { Editor } from './Editor'
import { History } from './History'
import { Published } from '#/definitions/Published'
import type { AgentSection } from './search'

const sections: { name?: AgentSection; label: string }[] = [
  { label: 'Definition' },
  { name: 'edit', label: 'Edit' },
  { name: 'history', label: 'History' },
]

export function AgentPage() {
  const { name } = useParams({ from: '/shell/agents/$name' })
  const { show, revision } = useSearch({ from: '/shell/agents/$name' })
  const agent = useQuery(agentQuery(name))
  const { data: session } = useQuery(sessionQuery)
  if (hasStatus(agent.error, 404)) {
    return (
      <Empty alone says={`No agent called "${name}"`}>
        <ButtonLink to="/agents">Show all agents</ButtonLink>
      </Empty>
    )
  }
  return (
    <Page
      name={name}
      crumb={<Link to="/agents">Agents</Link>}
      title={<span>{name}</span>}
      about={agent.data?.description}
      actions={
        agent.data && (
          <>
            <small>
              <Published published={agent.data.published} latest={agent.data.latest} />
            </small>
            <AgentActions agent={agent.data} blocked={denied(session, 'build')} />
            <ButtonLink to="/runs" search={{ agent: name }}>
              Runs
            </ButtonLink>
            {agent.data.published !== null && (
              <ButtonLink kind="go" to="/threads" search={{ agent: name }}>
                Chat
              </ButtonLink>
            )}
          </>
        )
      }
    >
      <Sections label="Sections of the agent">
        {sections.map((section) => (
          <Link
            key={section.label}
            from="/agents/$name"
            search={{ show: section.name }}
            activeOptions={{ explicitUndefined: true }}
          >
            {section.label}
          </Link>
        ))}
      </Sections>
      {agent.error && (
        <Content label="Agent">
          <Problem says={inWords(agent.error)} />
        </Content>
      )}
      {agent.isPending && (
        <Content label="Agent">
          <Bones />
        </Content>
      )}
      {agent.data && !show && <DefinitionView agent={agent.data} />}
      {agent.data && show === 'edit' && (
        <Editor
          key={`${name} ${revision ?? ''}`}
          agent={agent.data}
          denied={denied(session, 'build')}
          restored={revision}
        />
      )}
      {agent.data && show === 'history' && <History name={name} />}
    </Page>
  )
}
