import type { LimitName, Run } from '#/api/types'
import { amount, share } from '#/budgets/units'
import { Bar } from '#/ui/Bar'
import './run-limits.css'

const names: [name: LimitName, label: string][] = [
  ['steps', 'Steps'],
  ['calls', 'Model calls'],
  ['tokens', 'Tokens'],
  ['money', 'Money'],
  ['time', 'Time'],
  ['output', 'Tool results'],
  ['depth', 'Depth'],
]

/** From here on a limit is worth its room. */
const NEAR = 0.5

/** What this run may still spend, one bar for each thing that is capped; those far away are folded. */
export function RunLimits({ limits }: { limits: Run['limits'] }) {
  const capped = names.flatMap(([name, label]) => {
    const limit = limits?.[name]
    return limit && limit.cap !== null && limit.cap !== undefined
      ? [{ name, label, cap: limit.cap, used: limit.used }]
      : []
  })
  if (capped.length === 0) return null
  const near = capped.filter(({ name, cap, used }) => name !== 'depth' && share(used ?? 0, cap) >= NEAR)
  return (
    <>
      {near.length > 0 && <Meters label="Limits that are near" of={near} />}
      <details className="all-limits">
        <summary>{near.length > 0 ? 'All limits' : 'Limits: none of them near'}</summary>
        <Meters label="Limits of this run" of={capped} />
      </details>
    </>
  )
}

type Capped = { name: LimitName; label: string; cap: number; used: number | null | undefined }

function Meters({ label: all, of }: { label: string; of: Capped[] }) {
  return (
    <dl className="limits" aria-label={all}>
      {of.map(({ name, label, cap, used }) => {
        const says =
          used === null || used === undefined
            ? `unknown of ${amount(name, cap)}`
            : used >= cap && name !== 'depth'
              ? `${bare(name, used)} of ${amount(name, cap)}, limit reached`
              : `${bare(name, used)} of ${amount(name, cap)}`
        return (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              {says}
              <Bar label={`${label} used`} says={says} used={share(used ?? 0, cap)} thin />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** The unit stands once, behind the cap. */
const bare = (name: LimitName, used: number) => amount(name, used).replace(/ (tokens|calls|steps)$/, '')
