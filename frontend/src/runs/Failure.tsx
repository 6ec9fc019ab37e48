import type { Failure as Said } from '#/api/types'
import { ButtonLink } from '#/ui/ButtonLink'
import { Problem } from '#/ui/Problem'

/** Why a run failed, and the one place where that can be changed. */
export function Failure({ error, agent, code = false }: { error: Said; agent: string; code?: boolean }) {
  return (
    <Problem
      says={{
        title: error.message,
        detail: code ? error.code : undefined,
        hint: error.hint ?? hints[error.code] ?? '',
      }}
    >
      <WayOut code={error.code} agent={agent} />
    </Problem>
  )
}

const loop = 'Say in the instructions when to stop, or give the agent a tool that helps it finish'
const hints: Record<string, string> = {
  over_budget: 'Spending stops until the budget resets or is raised',
  limit_steps: 'Raise "limits: steps" of the agent, or ask for less at once',
  limit_calls: 'Raise "limits: calls" of the agent, or ask for less at once',
  limit_tokens: 'Raise "limits: tokens" of the agent, or ask for less at once',
  limit_money: 'Raise "limits: money" of the agent, or ask for less at once',
  limit_time: 'Raise "limits: time" of the agent; waiting for approvals does not count',
  limit_output: 'Raise "limits: output" of the agent, or have its tools return less',
  limit_depth: 'Raise "limits: depth" of the agent, or nest fewer sub-runs',
  going_in_circles: loop,
  no_progress: loop,
  replay_diverged: 'The changed agent needs outputs that were not recorded. Fork from that step to continue',
}

function WayOut({ code, agent }: { code: string; agent: string }) {
  if (code === 'over_budget') return <ButtonLink to="/budgets">View budgets</ButtonLink>
  if (code.startsWith('limit_') || code === 'going_in_circles' || code === 'no_progress')
    return (
      <ButtonLink to="/agents/$name" params={{ name: agent }} search={{ show: 'edit' }}>
        Edit agent
      </ButtonLink>
    )
  return null
}
