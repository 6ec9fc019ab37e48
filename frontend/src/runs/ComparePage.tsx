import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { inWords } from '#/api/errors'
import { comparisonQuery, recentRunsQuery } from '#/api/runs'
import { threadTitlesQuery } from '#/api/threads'
import type { ComparedStep, Comparison, LoggedStep, Run, Step } from '#/api/types'
import { StateMark } from '#/events/StateMark'
import { statusOf } from '#/events/status'
import { stepName, tellingArgument } from '#/events/steps'
import { asText } from '#/ui/diff'
import { Field } from '#/ui/Field'
import { ago, count, duration, money, shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Page } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import { askedOf, foldSame, lengthOf, relationOf, spentBy, summaryOf } from './compared'
import { Lines } from './Lines'
import './compare-page.css'

/** Two runs side by side, step by step. */
export function ComparePage() {
  const { left, right } = useSearch({ from: '/shell/runs/compare' })
  const navigate = useNavigate({ from: '/runs/compare' })
  const both = left !== undefined && right !== undefined
  const found = useQuery({ ...comparisonQuery(left ?? '', right ?? ''), enabled: both })
  return (
    <Page
      title="Compare runs"
      crumb={<Link to="/runs">Runs</Link>}
      about={found.data ? summaryOf(found.data.steps) : 'Two runs side by side, step by step'}
    >
      <Content label="Comparison">
        <div className="compare-picks">
          <PickRun label="Left" value={left} onPick={(run) => void navigate({ search: { left: run, right } })} />
          <PickRun label="Right" value={right} onPick={(run) => void navigate({ search: { left, right: run } })} />
        </div>
        {!both && <p className="small compare-hint">Choose two runs to compare.</p>}
        {found.error && <Problem says={inWords(found.error)} />}
        {both && found.isPending && <Bones />}
        {found.data && <Compared comparison={found.data} />}
      </Content>
    </Page>
  )
}

function PickRun({ label, value, onPick }: { label: string; value?: string; onPick: (run?: string) => void }) {
  const id = useId()
  const { data } = useQuery(recentRunsQuery())
  const { data: titles } = useQuery(threadTitlesQuery)
  const runs = data?.data ?? []
  return (
    <Field>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value ?? ''}
        onChange={(event) => onPick(event.target.value || undefined)}
      >
        <option value="">Choose a run</option>
        {value && !runs.some((run) => run.id === value) && <option value={value}>{shortId(value)}</option>}
        {runs.map((run) => (
          <option key={run.id} value={run.id}>
            {(titles?.get(run.thread) || shortId(run.id)).slice(0, 48)} · {run.agent} {run.revision} ·{' '}
            {run.origin ? `${run.origin.how}, ` : ''}
            {run.state} · {ago(run.createdAt)}
          </option>
        ))}
      </select>
    </Field>
  )
}

function Compared({ comparison: { left, right, steps } }: { comparison: Comparison }) {
  return (
    <>
      <div className="compare-heads">
        <Head run={left} />
        <Head run={right} other={left} />
      </div>
      <ol className="compared" aria-label="Steps">
        {foldSame(steps).map((group) => (
          <li key={keyOf(group[0]!)}>
            <Group steps={group} />
          </li>
        ))}
      </ol>
      {(left.output ?? right.output) !== null && left.output !== right.output && (
        <section className="compare-answer">
          <h2>Answer</h2>
          <Lines before={answerOf(left)} after={answerOf(right)} label="Answers" />
        </section>
      )}
    </>
  )
}

/** A JSON value in lines, so that what differs can be seen. */
function answerOf(run: Run) {
  return run.structuredOutput === null ? (run.output ?? '') : JSON.stringify(run.structuredOutput, null, 2)
}

function Head({ run, other }: { run: Run; other?: Run }) {
  const took = lengthOf(run)
  const facts: [string, string, boolean][] = [
    ['Input', askedOf(run), !!other && askedOf(other) !== askedOf(run)],
    [
      'Agent',
      `${run.agent}, revision ${run.revision}`,
      !!other && (other.agent !== run.agent || other.revision !== run.revision),
    ],
    ['Steps', count(run.steps), !!other && other.steps !== run.steps],
    ['Tokens', count(spentBy(run)), !!other && spentBy(other) !== spentBy(run)],
    ['Cost', run.cost ? money(run.cost) : 'unknown', !!other && other.cost?.microUnits !== run.cost?.microUnits],
    ['Duration', took === null ? 'still running' : duration(took), false],
  ]
  return (
    <div>
      <p>
        <StateMark state={statusOf(run)} />{' '}
        <Link to="/runs/$run" params={{ run: run.id }} className="mono">
          {shortId(run.id)}
        </Link>
        {run.origin && <span className="small"> · {run.origin.how}</span>}
      </p>
      <Pairs>
        {facts.map(([name, says, differs]) => (
          <div key={name} className="pair">
            <dt>{name}</dt>
            <dd className={differs ? 'differs' : undefined}>{says}</dd>
          </div>
        ))}
      </Pairs>
    </div>
  )
}

const tags = { same: undefined, differs: 'brass', 'left only': 'failed', 'right only': 'sea' } as const

const keyOf = (step: ComparedStep) => `${step.left?.number ?? '-'}:${step.right?.number ?? '-'}`

/** Steps that are the same on both sides are one line until somebody wants them. */
function Group({ steps }: { steps: ComparedStep[] }) {
  const [open, setOpen] = useState(false)
  if (steps.length === 1) return <Row step={steps[0]!} />
  if (!open) {
    return (
      <button className="same-steps" onClick={() => setOpen(true)}>
        {steps.length} steps, identical
      </button>
    )
  }
  return steps.map((step) => <Row key={keyOf(step)} step={step} />)
}

function Row({ step }: { step: ComparedStep }) {
  const relation = relationOf(step)
  const [open, setOpen] = useState(false)
  return (
    <div className={`pairing ${relation === 'same' ? 'same' : ''}`}>
      <button className="line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} />
        <Side step={step.left} />
        <Tag tone={tags[relation]}>
          {relation === 'differs' && step.differs.length > 0 ? step.differs.join(', ') : relation}
        </Tag>
        <Side step={step.right} />
      </button>
      {open && <Inside step={step} />}
    </div>
  )
}

function Side({ step }: { step: LoggedStep | null }) {
  if (!step) return <span className="side none">–</span>
  return (
    <span className="side">
      <StateMark state={step.state} word={false} />
      <span className="cut">
        {step.number} · {stepName(step as Step)}{' '}
        <em className="quiet">{step.kind === 'tool' ? tellingArgument(step.input) : ''}</em>
      </span>
    </span>
  )
}

function Inside({ step: { left, right } }: { step: ComparedStep }) {
  const parts = (['input', 'output', 'error'] as const).filter(
    (part) => asText(left?.[part]) !== '' || asText(right?.[part]) !== '',
  )
  return (
    <div className="inside">
      {parts.map((part) => (
        <section key={part}>
          <h3 className="label">{part === 'input' ? 'Input' : part === 'output' ? 'Output' : 'Error'}</h3>
          <Lines before={asText(left?.[part])} after={asText(right?.[part])} label={part} />
        </section>
      ))}
    </div>
  )
}
