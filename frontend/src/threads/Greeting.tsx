import { useQuery } from '@tanstack/react-query'
import { agentsQuery } from '#/api/agents'
import { infoQuery } from '#/api/server'
import { Button } from '#/ui/Button'
import { Wheel } from '#/ui/Icon'
import { Tag } from '#/ui/Tag'
import './greeting.css'

const tries = ['What is 17 * 23', 'Use clock and calculator at once', 'Note rope: 40 m', 'Long answer']

type Props = { agent?: string; onPick: (agent: string) => void; onAsk: (text: string) => void }

/** The first page a person sees: whom to talk to, and something to say. */
export function Greeting({ agent, onPick, onAsk }: Props) {
  const { data: info } = useQuery(infoQuery)
  const { data: agents } = useQuery(agentsQuery)
  const published = agents?.data.filter((one) => one.published !== null) ?? []
  return (
    <div className="greeting">
      <Wheel />
      <h2>Which agent do you want to use?</h2>
      <ul className="crew">
        {published.map((one) => (
          <li key={one.name}>
            <button aria-pressed={one.name === agent} onClick={() => onPick(one.name)}>
              <b>{one.name}</b>
              <small>{one.description}</small>
            </button>
          </li>
        ))}
      </ul>
      {info?.demo && (
        <>
          <p className="small">
            <Tag tone="brass">DEMO</Tag> You're on the demo model, no API key needed. Try:
          </p>
          <ul className="tries">
            {tries.map((text) => (
              <li key={text}>
                <Button onClick={() => onAsk(text)}>{text}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
