import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UsedBy } from '#/agents/UsedBy'
import { effectName } from '#/api/effects'
import { denied, sessionQuery } from '#/api/session'
import { approveTools, refreshTools, switchOff } from '#/api/tools'
import type { Effect, Tool, ToolState } from '#/api/types'
import { Button } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { timeLeft } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Tag } from '#/ui/Tag'
import { ToolChange } from './ToolChange'
import { TryTool } from './TryTool'
import './tool-entry.css'

const effects: Record<Effect, string> = {
  read: 'changes nothing',
  keyed: 'runs once even if retried',
  unkeyed: 'not retried automatically',
}

const tones: Record<ToolState, 'brass' | 'failed' | undefined> = {
  on: undefined,
  off: undefined,
  new: 'brass',
  changed: 'failed',
  gone: 'failed',
  refused: 'failed',
}

export function ToolEntry({ tool }: { tool: Tool }) {
  return (
    <details className="tool">
      <summary>
        <Icon name="right" />
        <code>{tool.name}</code>
        <span className="about">{tool.title || tool.description}</span>
        {tool.state !== 'on' && <Tag tone={tones[tool.state]}>{tool.state}</Tag>}
        {tool.asksFirst && <Tag>asks first</Tag>}
        <Tag>{effectName(tool.effect)}</Tag>
      </summary>
      <div className="inside">
        {tool.reason && <p>It is off: {tool.reason}.</p>}
        {tool.title && tool.title !== tool.description && <p>{tool.description}</p>}
        <p>
          <b>{sentenceCase(effectName(tool.effect))}</b>: {effects[tool.effect]}. Timeout {timeLeft(tool.timeoutMs)}.
          {tool.asksFirst && ' Every call needs an approval.'}
        </p>
        <UsedBy uses={(agent) => agent.tools.some((entry) => entry === tool.name || entry === allOf(tool))} />
        {tool.approved && tool.offered && <ToolChange name={tool.name} before={tool.approved} after={tool.offered} />}
        {tool.server && <Decide tool={tool} server={tool.server} />}
        <Code text={JSON.stringify(tool.schema, null, 2)} label={`Arguments of ${tool.name} (JSON Schema)`} />
        {tool.state === 'on' && <TryTool tool={tool} />}
      </div>
    </details>
  )
}

/** Approves what is shown here, or switches the tool off. */
function Decide({ tool, server }: { tool: Tool; server: string }) {
  const { data: session } = useQuery(sessionQuery)
  const queries = useQueryClient()
  const onSuccess = () => refreshTools(queries)
  const approve = useMutation({ mutationFn: () => approveTools(server, [tool]), onSuccess })
  const off = useMutation({ mutationFn: () => switchOff(server, tool), onSuccess })
  const blocked = denied(session, 'admin')
  if (tool.state === 'refused' || tool.state === 'gone') return null
  return tool.state === 'on' ? (
    <div className="buttons">
      <Button blocked={blocked} disabled={off.isPending} onClick={() => off.mutate()}>
        Switch off
      </Button>
    </div>
  ) : (
    <div className="buttons">
      <Button kind="go" blocked={blocked} disabled={approve.isPending} onClick={() => approve.mutate()}>
        {tool.state === 'changed' ? 'Approve the change' : tool.state === 'off' ? 'Switch on' : 'Approve'}
      </Button>
    </div>
  )
}

/** What a definition says that grants all tools of a server. */
const allOf = (tool: Tool) => `${tool.name.split('.')[0]}.*`

const sentenceCase = (text: string) => text[0]!.toUpperCase() + text.slice(1)
