import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { agentQuery, revisionQuery } from '#/api/agents'
import { inWords } from '#/api/errors'
import { runAndLogQuery } from '#/api/runs'
import { denied, sessionQuery } from '#/api/session'
import type { Step } from '#/api/types'
import { textOf } from '#/events/steps'
import { replay, type RunView } from '#/events/view'
import { Value } from '#/ui/Code'
import { count, duration, money, shortId } from '#/ui/format'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Change } from './Change'
import './playground-page.css'

/** A step of a run, asked once more with another prompt, model or parameters, beside what it answered. */
export function PlaygroundPage() {
  const { run: id } = useParams({ from: '/shell/runs/$run/playground' })
  const { step: number = 1 } = useSearch({ from: '/shell/runs/$run/playground' })
  const known = useQuery(runAndLogQuery(id))
  const run = known.data?.run
  const agent = useQuery({ ...agentQuery(run?.agent ?? ''), enabled: run !== undefined })
  const revision = useQuery({ ...revisionQuery(run?.agent ?? '', run?.revision ?? 0), enabled: run !== undefined })
  const { data: session } = useQuery(sessionQuery)
  const view = known.data && replay(known.data.run, known.data.events)
  const step = view?.steps.find((one) => one.number === number)
  const error = known.error ?? agent.error ?? revision.error
  const yaml = revision.data?.yaml
  return (
    <Page
      title="Playground"
      crumb={
        <>
          <Link to="/runs">Runs</Link> /{' '}
          <Link to="/runs/$run" params={{ run: id }} search={{ step: number }} className="mono">
            {shortId(id)}
          </Link>
        </>
      }
      about={`Step ${number} once more, with another prompt, model or parameters`}
    >
      <Content label="Playground">
        {error && <Problem says={inWords(error)} />}
        {!error && (!view || !agent.data || yaml === undefined) && <Bones />}
        {view && !step && <p>The run has no step {number}.</p>}
        {view && step && agent.data && yaml !== undefined && (
          <div className="playground">
            <Change
              key={`${id} ${number}`}
              run={id}
              step={number}
              agent={agent.data}
              yaml={yaml}
              blocked={denied(session, 'build')}
            />
            <Answered step={step} view={view} />
          </div>
        )}
      </Content>
    </Page>
  )
}

/** What the step answered in the first place. */
function Answered({ step, view }: { step: Step; view: RunView }) {
  const { text } = textOf(step, view)
  const usage = step.usage
  return (
    <section aria-label="First answer">
      <h2>First answer</h2>
      <p className="small">
        {step.model?.name} · {duration(step.durationMs ?? 0)}
        {usage && ` · ${count(usage.inputTokens + usage.outputTokens)} tokens`}
        {step.cost && ` · ${money(step.cost)}`}
      </p>
      {step.error && <Problem says={{ title: step.error.message, detail: step.error.code, hint: step.error.hint }} />}
      {text ? <Value value={text} label="First answer" /> : <Value value={step.output} label="First answer" />}
    </section>
  )
}
