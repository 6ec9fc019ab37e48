import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deleteAgent, refreshAgent } from '#/api/agents'
import type { Agent } from '#/api/types'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Confirm } from '#/ui/Dialog'
import { toasts } from '#/ui/toasts'

/** What is done to an agent as a whole. */
export function AgentActions({ agent, blocked }: { agent: Agent; blocked: string | false }) {
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const removing = useMutation({
    mutationFn: () => deleteAgent(agent.name, agent.version),
    onSuccess: () => {
      toasts.done(`Agent ${agent.name} deleted`)
      void navigate({ to: '/agents' })
    },
    onSettled: () => refreshAgent(queries, agent.name),
  })
  return (
    <>
      {!blocked && (
        <ButtonLink to="/new-agent" search={{ from: agent.name }}>
          Duplicate
        </ButtonLink>
      )}
      <Button onClick={() => setAsking(true)} blocked={blocked} disabled={removing.isPending}>
        Delete
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${agent.name}?`}
        says="No new runs can start, and workflows and triggers that name it fail. Runs in progress finish; their history stays."
        keep="Keep it"
        action="Delete agent"
        onYes={() => {
          setAsking(false)
          removing.mutate()
        }}
      />
    </>
  )
}
