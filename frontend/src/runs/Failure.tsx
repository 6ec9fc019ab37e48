import type { Failure as Said } from '#/api/types'
import { ButtonLink } from '#/ui/ButtonLink'
import { Problem } from '#/ui/Problem'

/** Why a run ended badly, and the one place where that can be changed. */
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

const circles = 'Say in the instructions when to stop, or give the agent a tool that gets further'
const hints: Record<string, string> = {
  over_budget: 'Nothing more is spent until the period ends or somebody raises the budget',
  limit_steps: 'Raise "limits: steps" of the agent, or ask for less at once',
  limit_calls: 'Raise "limits: calls" of the agent, or ask for less at once',
  limit_tokens: 'Raise "limits: tokens" of the agent, or ask for less at once',
  limit_money: 'Raise "limits: money" of the agent, or ask for less at once',
  limit_time: 'Raise "limits: time" of the agent; waiting for people does not count',
  limit_output: 'Raise "limits: output" of the agent, or let its tools answer with less',
  limit_depth: 'Raise "limits: depth" of the agent, or let fewer agents call each other',
  going_in_circles: circles,
  no_progress: circles,
  replay_diverged: 'The changed agent asks for what is not on record from that step on: fork there to go on for real',
}

function WayOut({ code, agent }: { code: string; agent: string }) {
  if (code === 'over_budget') return <ButtonLink to="/budgets">Look at the budgets</ButtonLink>
  if (code.startsWith('limit_') || code === 'going_in_circles' || code === 'no_progress')
    return (
      <ButtonLink to="/agents/$name" params={{ name: agent }} search={{ show: 'edit' }}>
        Change {agent}
      </ButtonLink>
    )
  return null
}
