import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Published } from '#/definitions/Published'
import { inWords } from '#/api/errors'
import { may, sessionQuery } from '#/api/session'
import { workflowsQuery } from '#/api/workflows'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { ImportCrew } from './ImportCrew'

export function WorkflowsPage() {
  const workflows = useQuery(workflowsQuery)
  const { data: session } = useQuery(sessionQuery)
  const [importing, setImporting] = useState(false)
  const create = may(session, 'build') && (
    <>
      <Button onClick={() => setImporting(true)}>Import a crew</Button>
      <ButtonLink kind="go" to="/new-workflow">
        <Icon name="plus" />
        New workflow
      </ButtonLink>
    </>
  )
  return (
    <Page title="Workflows" about="States and where they lead: agents, tools, approvals, choices." actions={create}>
      <Content label="Workflows">
        {workflows.error && <Problem says={inWords(workflows.error)} />}
        {workflows.isPending && <Bones />}
        {workflows.data?.data.length === 0 && <Empty says="No workflows yet">{create}</Empty>}
        {!!workflows.data?.data.length && (
          <Table tall>
            <thead>
              <tr>
                <th>Workflow</th>
                <th>Published</th>
                <th className="numeric wide">Updated</th>
              </tr>
            </thead>
            <tbody>
              {workflows.data.data.map((workflow) => (
                <tr key={workflow.name}>
                  <td>
                    <Link to="/workflows/$name" params={{ name: workflow.name }} className="main">
                      {workflow.name}
                    </Link>
                    <br />
                    <small>{workflow.description}</small>
                  </td>
                  <td>
                    <Published published={workflow.published} latest={workflow.latest} />
                  </td>
                  <td className="numeric wide quiet">
                    <Time at={workflow.updatedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Content>
      <ImportCrew open={importing} onClose={() => setImporting(false)} />
    </Page>
  )
}
