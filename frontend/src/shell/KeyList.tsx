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
      [[isMac ? '⌘' : 'Ctrl', 'K'], 'Go anywhere'],
      [['?'], 'Show these keys'],
      [['Esc'], 'Close what is open'],
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
    name: 'Approvals, and an approval that has the focus',
    keys: [
      [['j'], 'Next question'],
      [['k'], 'Question before'],
      [['x'], 'Tick it'],
      [['a'], 'Approve'],
      [['e'], 'Edit the arguments'],
      [['r'], 'Reject, with a reason'],
    ],
  },
  {
    name: 'Steps of a run',
    keys: [
      [['↑', '↓'], 'Walk the steps'],
      [['Home', 'End'], 'First and last step'],
    ],
  },
]

/** All keys there are, and a way to switch the single letters off. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const id = useId()
  const [on, setOn] = useState(letters.areOn)
  return (
    <Dialog open onClose={onClose} title="Keys">
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
          <label htmlFor={id}>Single letters work as keys</label>
          <span id={`${id}-why`} className="small block">
            Switch off where a program that listens or reads presses them by mistake
          </span>
        </span>
      </Tick>
    </Dialog>
  )
}
