import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { StepState } from '#/api/types'
import { StateMark, type AnyState } from '#/events/StateMark'
import { stepName, tellingOf } from '#/events/steps'
import { duration } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import type { Row } from './called'
import type { Scale } from './scale'
import './step-row.css'

export const hasFailed = (state: StepState) => state === 'failed' || state === 'unknown'

type RowProps = {
  row: Row
  state: AnyState
  took: number
  left: number
  width: number
  marks: Pick<Scale, 'losses' | 'folds'>
  chosen: boolean
  reachable: boolean
  position: number
  of: number
  onUnfold: (step: number) => void
}

/** A step; one of a called run leads there, for the page is about another. */
export const StepRow = memo(
  function StepRow({ row, state, took, left, width, marks, chosen, reachable, position, of, onUnfold }: RowProps) {
    const { step, run } = row
    const isAsked = step.call !== null && step.kind !== 'model'
    const place = `step ${isAsked ? 'asked-for' : ''} ${run ? 'called' : ''}`
    const parts = (
      <>
        <span className="name">
          <StateMark state={state} word={false} />
          <span className="cut">
            <small>{step.number}</small> {stepName(step)}{' '}
            <em>{step.kind === 'model' ? step.model?.name : tellingOf(step)}</em>
          </span>
        </span>
        <span className="track">
          {marks.folds.map((one) => (
            <i
              key={one.from}
              className="fold"
              style={{ left: `${one.from}%`, width: `${one.to - one.from}%` }}
              title={`${duration(one.ms)} without a step`}
            />
          ))}
          <i
            className={`bar ${step.kind} ${hasFailed(step.state) ? 'broken' : ''}`}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
          {marks.losses.map((loss) => (
            <i
              key={loss.epoch}
              className="mark-lost"
              style={{ left: `${loss.at}%` }}
              title={`Server restarted, continued on ${loss.replica}`}
            />
          ))}
        </span>
        <span className="took">{duration(took)}</span>
      </>
    )
    return (
      <li aria-posinset={position} aria-setsize={of}>
        {row.leadsTo && (
          <button
            className="unfold"
            aria-expanded={row.isOpen}
            aria-label={`Steps of the run that step ${step.number} called`}
            onClick={() => onUnfold(step.number)}
          >
            <Icon name="right" />
          </button>
        )}
        {run ? (
          <Link
            to="/runs/$run"
            params={{ run }}
            search={{ step: step.number }}
            className={place}
            data-step={row.key}
            tabIndex={reachable ? 0 : -1}
          >
            {parts}
          </Link>
        ) : (
          <button className={place} data-step={row.key} aria-pressed={chosen} tabIndex={reachable ? 0 : -1}>
            {parts}
          </button>
        )}
      </li>
    )
  },
  (before, after) =>
    before.row.step === after.row.step &&
    before.row.key === after.row.key &&
    before.row.isOpen === after.row.isOpen &&
    before.row.leadsTo === after.row.leadsTo &&
    before.state === after.state &&
    before.took === after.took &&
    before.left === after.left &&
    before.width === after.width &&
    before.chosen === after.chosen &&
    before.reachable === after.reachable &&
    before.of === after.of &&
    before.marks.folds.length === after.marks.folds.length &&
    before.marks.losses.length === after.marks.losses.length,
)
