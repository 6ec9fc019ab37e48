import { useQuery } from '@tanstack/react-query'
import { inWords } from '#/api/errors'
import { toolsQuery } from '#/api/tools'
import type { Effect, Tool } from '#/api/types'
import { Code } from '#/ui/Code'
import { duration } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import './tools-page.css'

const effects: Record<Effect, string> = {
  read: 'changes nothing; may be repeated',
  keyed: 'acts once, also when repeated: it honours its key',
  unkeyed: 'never repeated without asking',
}

export function ToolsPage() {
  const tools = useQuery(toolsQuery)
  return (
    <Page title="Tools" about="What an agent may call">
      <Content label="Tools">
        {tools.error && <Problem says={inWords(tools.error)} />}
        {tools.isPending && <Bones />}
        <ul className="tools">
          {tools.data?.data.map((tool) => (
            <li key={tool.name}>
              <ToolEntry tool={tool} />
            </li>
          ))}
        </ul>
      </Content>
    </Page>
  )
}

function ToolEntry({ tool }: { tool: Tool }) {
  return (
    <details className="tool">
      <summary>
        <Icon name="right" />
        <code>{tool.name}</code>
        <span className="about">{tool.description}</span>
        {!tool.available && <Tag tone="failed">absent</Tag>}
        <Tag>{tool.effect}</Tag>
      </summary>
      <div className="inside">
        {tool.reason && <p>Absent here: {tool.reason}</p>}
        <p>
          <b>{tool.effect}</b>: {effects[tool.effect]}. Stops after {duration(tool.timeoutMs)}.
        </p>
        <Code text={JSON.stringify(tool.schema, null, 2)} label={`Arguments of ${tool.name} as JSON Schema`} />
      </div>
    </details>
  )
}
