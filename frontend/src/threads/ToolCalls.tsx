import { useState } from 'react'
import { effectName } from '#/api/effects'
import { isAsk, isOpen } from '#/events/ask'
import { verdictOf, type Verdict } from '#/events/asks'
import { type AnyState, StateMark } from '#/events/StateMark'
import { childOf, durationOf, tellingArgument, type Call } from '#/events/steps'
import { ButtonLink } from '#/ui/ButtonLink'
import { Value } from '#/ui/Code'
import { duration, plural } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { useNow } from '#/ui/Time'
import './tool-calls.css'

/** More calls than this fold into their one line. */
const FEW = 3

/** The tool calls between two texts of the model. */
export function ToolCalls({ calls }: { calls: Call[] }) {
  const [open, setOpen] = useState<boolean>()
  const shown = open ?? calls.length <= FEW
  const now = useNow(calls.some((call) => call.step && isOpen(call.step)) ? 250 : 0)
  const running = calls.find((call) => call.step && isOpen(call.step))
  const failed = calls.filter((call) => stateOf(call) === 'failed').length
  return (
    <div className="calls">
      {calls.length > 1 && (
        <button className="group" aria-expanded={shown} onClick={() => setOpen(!shown)}>
          <Icon name={shown ? 'down' : 'right'} />
          {plural(calls.length, 'tool call')} · {duration(spent(calls, now))}
          {failed > 0 && ` · ${failed} failed`}
          {!shown && running && ` · ${running.name}`}
        </button>
      )}
      {shown && calls.map((call) => <ToolCard key={call.key} call={call} now={now} />)}
    </div>
  )
}

/** From the first start to the last end: parallel calls count once. */
function spent(calls: Call[], now: number) {
  const steps = calls.flatMap((call) => call.step ?? [])
  if (steps.length === 0) return 0
  const begin = Math.min(...steps.map((step) => Date.parse(step.startedAt)))
  return Math.max(...steps.map((step) => Date.parse(step.startedAt) + durationOf(step, now))) - begin
}

/** One call: a row that says what and how it went; opened, all there is to know. */
function ToolCard({ call, now }: { call: Call; now: number }) {
  const [open, setOpen] = useState(false)
  const { step, ask } = call
  const verdict = ask && verdictOf(ask)
  const state: AnyState = stateOf(call)
  return (
    <div className={`card ${state}`} data-tool={call.name}>
      <button className="line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <StateMark state={state} word={state === 'failed' || state === 'unknown' || state === 'asking'} />
        <code>{call.name}</code>
        <span className="argument cut">{tellingArgument(call.arguments)}</span>
        <span className="meta">
          {[
            verdict && wordOf(verdict),
            ...(step && state !== 'cancelled' ? [effectName(step.effect), duration(durationOf(step, now))] : []),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
      {open && (
        <div className="inside">
          <p className="label">Arguments</p>
          <Value value={call.arguments ?? {}} label="Arguments" />
          {verdict && (
            <p className="small">
              {sentenceCase(wordOf(verdict))}
              {verdict.by && verdict.by !== 'everybody' && ` by ${verdict.by}`}
              {verdict.reason && `: ${verdict.reason}`}
            </p>
          )}
          {step?.error && (
            <>
              <p className="label">Error</p>
              <p className="wrong">
                {step.error.message} <code>{step.error.code}</code>
              </p>
            </>
          )}
          {step && step.output !== null && step.output !== undefined && (
            <>
              <p className="label">Result</p>
              <Value value={step.output} label="Result" />
            </>
          )}
          {childOf(step?.output) && (
            <p>
              <ButtonLink to="/runs/$run" params={{ run: childOf(step?.output)! }}>
                Open the sub-run
              </ButtonLink>
            </p>
          )}
          {step && (
            <p className="small">
              Step {step.number} · attempt {step.attempt}
              {step.replica && ` · on ${step.replica}`}
            </p>
          )}
        </div>
      )}
    </div>
  )
}

/** A call that is not approved yet asks; one that was rejected never starts. */
function stateOf({ step, ask }: Call): AnyState {
  if (ask && verdictOf(ask)?.decision === 'reject') return 'cancelled'
  if (step) return isAsk(step) && isOpen(step) ? 'asking' : step.state
  if (!ask) return 'queued'
  if (isOpen(ask)) return 'asking'
  return 'queued'
}

function wordOf({ decision }: Verdict) {
  const words = {
    approve: 'approved',
    reject: 'rejected',
    happened: 'happened',
    again: 'run again',
    stop: 'stopped',
  }
  return words[decision]
}

const sentenceCase = (text: string) => text[0]!.toUpperCase() + text.slice(1)
