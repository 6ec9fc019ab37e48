import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { agentsQuery } from '#/api/agents'
import { infoQuery } from '#/api/server'
import { Button } from '#/ui/Button'
import { Wheel } from '#/ui/Icon'
import { Tag } from '#/ui/Tag'
import './greeting.css'

/** More agents than these are found by their names. */
const FEW = 6
const tries = ['What is 17 * 23', 'Use clock and calculator at once', 'Note rope: 40 m', 'Long answer']

type Props = { agent?: string; onPick: (agent: string) => void; onAsk: (text: string) => void }

/** The first page a person sees: whom to talk to, and something to say. */
export function Greeting({ agent, onPick, onAsk }: Props) {
  const { data: info } = useQuery(infoQuery)
  const { data: agents } = useQuery(agentsQuery)
  const [words, setWords] = useState('')
  const published = agents?.data.filter((one) => one.published !== null) ?? []
  const named = published.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(words.trim().toLowerCase()),
  )
  // The one that is chosen is always among those that are shown.
  const shown = [...named].sort((one) => (one.name === agent ? -1 : 0)).slice(0, FEW)
  return (
    <div className="greeting">
      <Wheel />
      <h2>Which agent do you want to use?</h2>
      {published.length > FEW && (
        <input
          type="search"
          className="input"
          aria-label="Search agents"
          placeholder={`Search ${published.length} agents`}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <ul className="crew">
        {shown.map((one) => (
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
