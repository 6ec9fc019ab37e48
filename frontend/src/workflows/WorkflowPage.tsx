import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { Published } from '#/definitions/Published'
import { hasStatus, inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Workflow } from '#/api/types'
import { workflowQuery, workflowRevisionQuery } from '#/api/workflows'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Sections } from '#/ui/Sections'
import { RunWorkflow } from './RunWorkflow'
import type { WorkflowSection } from './search'
import { WorkflowEditor } from './WorkflowEditor'
import { WorkflowHistory } from './WorkflowHistory'

const sections: { name?: WorkflowSection; label: string }[] = [
  { label: 'Graph' },
  { name: 'history', label: 'History' },
]

export function WorkflowPage() {
  const { name } = useParams({ from: '/shell/workflows/$name' })
  const { show } = useSearch({ from: '/shell/workflows/$name' })
  const workflow = useQuery(workflowQuery(name))
  const { data: session } = useQuery(sessionQuery)
  const [running, setRunning] = useState(false)
  if (hasStatus(workflow.error, 404)) {
    return (
      <Empty alone says={`No workflow called "${name}"`}>
        <ButtonLink to="/workflows">Show all workflows</ButtonLink>
      </Empty>
    )
  }
  return (
    <Page
      name={name}
      crumb={<Link to="/workflows">Workflows</Link>}
      title={<span>{name}</span>}
      about={workflow.data?.description}
      actions={
        workflow.data && (
          <>
            <small>
              <Published published={workflow.data.published} latest={workflow.data.latest} />
            </small>
            <ButtonLink to="/runs" search={{ agent: name }}>
              Runs
            </ButtonLink>
            <Button
              kind="go"
              blocked={denied(session, 'run') || (workflow.data.published === null && 'Publish a revision first')}
              onClick={() => setRunning(true)}
            >
              Run
            </Button>
          </>
        )
      }
    >
      <Sections label="Sections of the workflow">
        {sections.map((section) => (
          <Link
            key={section.label}
            from="/workflows/$name"
            search={{ show: section.name }}
            activeOptions={{ explicitUndefined: true }}
          >
            {section.label}
          </Link>
        ))}
      </Sections>
      {workflow.error && (
        <Content label="Workflow">
          <Problem says={inWords(workflow.error)} />
        </Content>
      )}
      {workflow.isPending && (
        <Content label="Workflow">
          <Bones />
        </Content>
      )}
      {workflow.data && !show && <Newest key={name} workflow={workflow.data} denied={denied(session, 'build')} />}
      {workflow.data && show === 'history' && <WorkflowHistory name={name} />}
      {workflow.data && <RunWorkflow workflow={workflow.data} open={running} onClose={() => setRunning(false)} />}
    </Page>
  )
}

/** Edits what was the newest revision when editing began; what others save meanwhile does not take the text away. */
function Newest({ workflow: current, denied: why }: { workflow: Workflow; denied: string | false }) {
  const [workflow] = useState(current)
  const newest = useQuery(workflowRevisionQuery(workflow.name, workflow.latest))
  const yaml = newest.data?.yaml ?? (newest.isError ? workflow.yaml : undefined)
  if (yaml === undefined) return <Bones />
  return (
    <WorkflowEditor
      name={workflow.name}
      start={yaml}
      asStates={workflow.asStates ?? null}
      from={workflow.version}
      denied={why}
    />
  )
}
