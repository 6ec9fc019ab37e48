import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { inWords } from '#/api/errors'
import { firingsQuery } from '#/api/triggers'
import { shortId } from '#/ui/format'
import { More } from '#/ui/More'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'
import { FiringMark } from './FiringMark'
import { inZone } from './words'

/** What a trigger started, or why it did not. */
export function Firings({ name, timeZone = 'UTC' }: { name: string; timeZone?: string }) {
  const firings = useInfiniteQuery(firingsQuery(name))
  const list = firings.data?.pages.flatMap(({ data }) => data)
  if (firings.error) return <Problem says={inWords(firings.error)} />
  if (!list) return <Bones />
  if (list.length === 0) return <p className="small">Not fired yet. "Run now" tries it.</p>
  return (
    <>
      <Table>
        <thead>
          <tr>
            <th>When</th>
            <th className="wide">For</th>
            <th>Result</th>
            <th>Run</th>
          </tr>
        </thead>
        <tbody>
          {list.map((firing) => (
            <tr key={firing.id}>
              <td className="quiet">
                <Time at={firing.createdAt} />
              </td>
              <td className="wide quiet">{firing.slot && inZone(firing.slot, timeZone)}</td>
              <td>
                <FiringMark state={firing.state} />
              </td>
              <td>
                {firing.run && (
                  <Link to="/runs/$run" params={{ run: firing.run }} className="main mono">
                    {shortId(firing.run)}
                  </Link>
                )}
                {firing.reason && <span className="quiet"> {firing.reason}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <More of={firings} />
    </>
  )
}
