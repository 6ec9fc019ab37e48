import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { denied, sessionQuery } from '#/api/session'
import { approveTools, refreshTools, refreshToolServer, removeToolServer } from '#/api/tools'
import type { Tool, ToolServerBrief } from '#/api/types'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { toasts } from '#/ui/toasts'
import { ServerSignIn } from './ServerSignIn'
import './server-head.css'

type Props = { server: ToolServerBrief; tools: Tool[]; onEdit: () => void }

const kinds = { mcp: 'MCP', openapi: 'OpenAPI' }

/** A tool server: where it is, how it stands, and what can be done with all of it. */
export function ServerHead({ server, tools, onEdit }: Props) {
  const { data: session } = useQuery(sessionQuery)
  const queries = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const blocked = denied(session, 'admin')
  const fresh = tools.filter((tool) => tool.state === 'new')
  const onSuccess = () => refreshTools(queries)
  const refresh = useMutation({ mutationFn: () => refreshToolServer(server.name), onSuccess })
  const approve = useMutation({ mutationFn: () => approveTools(server.name, fresh), onSuccess })
  const remove = useMutation({
    mutationFn: () => removeToolServer(server.name),
    onSuccess: () => {
      toasts.done(`Tool server "${server.name}" deleted`)
      void refreshTools(queries)
    },
  })
  return (
    <header className="server-head">
      <h2>{server.name}</h2>
      <Tag>{kinds[server.kind]}</Tag>
      <span className="about">
        {[server.description || server.url, server.checkedAt && 'asked '].filter(Boolean).join(' · ')}
        {server.checkedAt && <Time at={server.checkedAt} />}
      </span>
      <div className="buttons">
        {fresh.length > 0 && (
          <Button kind="go" blocked={blocked} disabled={approve.isPending} onClick={() => approve.mutate()}>
            Approve {fresh.length} new
          </Button>
        )}
        <Button
          blocked={denied(session, 'build')}
          disabled={refresh.isPending}
          aria-label={`Ask ${server.name} again`}
          onClick={() => refresh.mutate()}
        >
          Ask again
        </Button>
        <Button blocked={blocked} aria-label={`Edit ${server.name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button
          kind="bare icon"
          aria-label={`Delete ${server.name}`}
          title="Delete"
          blocked={blocked}
          onClick={() => setRemoving(true)}
        >
          <Icon name="trash" />
        </Button>
      </div>
      {server.signIn && <ServerSignIn server={server} signIn={server.signIn} blocked={blocked} />}
      {server.problem && <p className="problem-line">It could not be asked: {server.problem}</p>}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Delete "${server.name}"?`}
        says="Its tools and their approvals are deleted, and agents that use them will fail. This can't be undone."
        action="Delete tool server"
        onYes={() => {
          remove.mutate()
          setRemoving(false)
        }}
      />
    </header>
  )
}
