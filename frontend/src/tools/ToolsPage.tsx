import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import { toolServersQuery, toolsQuery } from '#/api/tools'
import type { Tool, ToolServerBrief } from '#/api/types'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { ServerHead } from './ServerHead'
import { SetToolServer } from './SetToolServer'
import { ToolEntry } from './ToolEntry'
import './tools-page.css'

/** Everything that agents can call, by where it comes from. */
export function ToolsPage() {
  const tools = useQuery(toolsQuery)
  const servers = useQuery(toolServersQuery)
  const { data: session } = useQuery(sessionQuery)
  const [setting, setSetting] = useState<string>()
  const error = tools.error ?? servers.error
  const add = (
    <Button kind="go" onClick={() => setSetting('')} blocked={denied(session, 'admin')}>
      <Icon name="plus" />
      New tool server
    </Button>
  )
  return (
    <Page title="Tools" about="Tools agents can use" actions={add}>
      <Content label="Tools">
        {error && <Problem says={inWords(error)} />}
        {(tools.isPending || servers.isPending) && <Bones />}
        {tools.data &&
          servers.data?.data.map((server) => (
            <ServerTools
              key={server.name}
              server={server}
              tools={tools.data.filter((tool) => tool.server === server.name)}
              onEdit={() => setSetting(server.name)}
            />
          ))}
        {tools.data && (
          <section className="tool-server" aria-label="Built-in tools">
            <h2>Built in</h2>
            <ToolList tools={tools.data.filter((tool) => tool.server === null)} />
          </section>
        )}
        <SetToolServer chosen={setting} onClose={() => setSetting(undefined)} />
      </Content>
    </Page>
  )
}

function ServerTools({ server, tools, onEdit }: { server: ToolServerBrief; tools: Tool[]; onEdit: () => void }) {
  return (
    <section className="tool-server" aria-label={`Tools of ${server.name}`}>
      <ServerHead server={server} tools={tools} onEdit={onEdit} />
      <ToolList tools={tools} />
    </section>
  )
}

const ToolList = ({ tools }: { tools: Tool[] }) => (
  <ul className="tools">
    {tools.map((tool) => (
      <li key={`${tool.name} ${tool.remoteName}`}>
        <ToolEntry tool={tool} />
      </li>
    ))}
  </ul>
)
