import { useId, useState } from 'react'
import { Dialog } from '#/ui/Dialog'
import { letters } from '#/ui/letters'
import { Tick } from '#/ui/Tick'
import './key-list.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
type Key = [keys: string[], does: string]
const groups: { name: string; keys: Key[] }[] = [
  {
    name: 'Everywhere',
    keys: [
      [[isMac ? '⌘' : 'Ctrl', 'K'], 'Search'],
      [['?'], 'Show keyboard shortcuts'],
      [['Esc'], 'Close'],
    ],
  },
  {
    name: 'Chat',
    keys: [
      [['Enter'], 'Send'],
      [['Shift', 'Enter'], 'New line'],
    ],
  },
  {
    name: 'Approvals',
    keys: [
      [['j'], 'Next'],
      [['k'], 'Previous'],
      [['x'], 'Select'],
      [['a'], 'Approve'],
      [['e'], 'Edit arguments'],
      [['r'], 'Reject, with a reason'],
      [['z'], 'Undo the last decision'],
    ],
  },
  {
    name: 'Steps of a run',
    keys: [
      [['↑', '↓'], 'Move through steps'],
      [['Home', 'End'], 'First and last step'],
    ],
  },
]

/** All keyboard shortcuts, and a way to turn the single letters off. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const id = useId()
  const [on, setOn] = useState(letters.areOn)
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      {groups.map(({ name, keys }) => (
        <section key={name}>
          <h3 className="label">{name}</h3>
          <dl className="key-list">
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Tick>
        <input
          id={id}
          type="checkbox"
          checked={on}
          aria-describedby={`${id}-why`}
          onChange={(event) => {
            letters.turn(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        <span>
          <label htmlFor={id}>Single-key shortcuts</label>
          <span id={`${id}-why`} className="small block">
            Turn off if you use voice control or a screen reader.
          </span>
        </span>
      </Tick>
    </Dialog>
  )
}
