import { Link } from '@tanstack/react-router'
import { effectName } from '#/api/effects'
import type { Step } from '#/api/types'
import { isAsk } from '#/events/ask'
import { StateMark } from '#/events/StateMark'
import { childOf, durationOf, shownState, stepName, textOf } from '#/events/steps'
import type { RunView } from '#/events/view'
import { Value } from '#/ui/Code'
import { count, duration, exact, money } from '#/ui/format'
import { Pairs } from '#/ui/Pairs'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import { Sent } from './Sent'

/** All there is to know about one step. */
export function Inspector({ step, view, now }: { step: Step; view: RunView; now: number }) {
  const { text, live } = textOf(step, view)
  return (
    <>
      <h2>
        {stepName(step)} {!isAsk(step) && <Tag>{effectName(step.effect)}</Tag>}
        {step.model?.provider === 'demo' && <Tag tone="brass">DEMO</Tag>}
      </h2>
      <Pairs>
        <Pair name="State">
          <StateMark state={shownState(step)} />
        </Pair>
        <Pair name="Step">{step.number}</Pair>
        <Pair name="Attempt">{step.attempt}</Pair>
        <Pair name="Started">{exact(step.startedAt)}</Pair>
        <Pair name="Duration">{duration(durationOf(step, now))}</Pair>
        {step.model && (
          <Pair name="Model">
            {step.name} → {step.model.provider}/{step.model.name}
          </Pair>
        )}
        {step.usage && (
          <Pair name="Tokens">
            {count(step.usage.inputTokens)} in ({count(step.usage.cachedTokens)} cached),{' '}
            {count(step.usage.outputTokens)} out
          </Pair>
        )}
        {step.usage && <Pair name="Cost">{step.cost ? money(step.cost) : 'unknown'}</Pair>}
        {step.replica && <Pair name="Replica">{step.replica}</Pair>}
        {step.call && (
          <Pair name="Call">
            <code>{step.call}</code>
          </Pair>
        )}
      </Pairs>
      {step.error && <Problem says={{ title: step.error.message, detail: step.error.code, hint: step.error.hint }} />}
      {step.state === 'unknown' && (
        <p className="small">
          The server restarted while this step was running. It may or may not have taken effect, so it is not repeated
          automatically.
        </p>
      )}
      {step.kind === 'model' && text && (
        <>
          <h3 className="label">{live ? 'Text so far' : 'Text'}</h3>
          <Value value={text} label="Text" />
        </>
      )}
      {step.kind === 'model' ? (
        <>
          {!view.agent.includes('/') && (
            <p>
              <Link to="/runs/$run/playground" params={{ run: view.id }} search={{ step: step.number }}>
                Try this step with another prompt or model
              </Link>
            </p>
          )}
          <Sent run={view.id} step={step} />
        </>
      ) : (
        <Part name={isAsk(step) ? 'Request' : 'Arguments'} value={step.input} />
      )}
      <SubRun step={step} />
      <Part name={step.kind === 'model' ? 'Answer' : 'Result'} value={step.output} />
    </>
  )
}

/** Where the run is that a step called. */
function SubRun({ step }: { step: Step }) {
  const run = step.kind === 'agent' && childOf(step.output)
  if (!run) return null
  return (
    <p>
      <Link to="/runs/$run" params={{ run }}>
        Open the run of {step.name}
      </Link>
    </p>
  )
}

function Pair({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Part({ name, value }: { name: string; value: unknown }) {
  if (value === null || value === undefined) return null
  return (
    <>
      <h3 className="label">{name}</h3>
      <Value value={value} label={name} />
    </>
  )
}
