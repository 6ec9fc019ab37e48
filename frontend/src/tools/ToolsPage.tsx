import { useQuery } from '@tanstack/react-query'
import { effectName } from '#/api/effects'
import { inWords } from '#/api/errors'
import { toolsQuery } from '#/api/tools'
import type { Effect, Tool } from '#/api/types'
import { Code } from '#/ui/Code'
import { timeLeft } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import './tools-page.css'

const effects: Record<Effect, string> = {
  read: 'changes nothing',
  keyed: 'runs once even if retried',
  unkeyed: 'not retried automatically',
}

export function ToolsPage() {
  const tools = useQuery(toolsQuery)
  return (
    <Page title="Tools" about="Tools agents can use">
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
        {!tool.available && <Tag tone="failed">unavailable</Tag>}
        <Tag>{effectName(tool.effect)}</Tag>
      </summary>
      <div className="inside">
        {tool.reason && <p>Unavailable: {tool.reason}</p>}
        <p>
          <b>{sentenceCase(effectName(tool.effect))}</b>: {effects[tool.effect]}. Timeout {timeLeft(tool.timeoutMs)}.
        </p>
        <Code text={JSON.stringify(tool.schema, null, 2)} label={`Arguments of ${tool.name} (JSON Schema)`} />
      </div>
    </details>
  )
}

const sentenceCase = (text: string) => text[0]!.toUpperCase() + text.slice(1)
