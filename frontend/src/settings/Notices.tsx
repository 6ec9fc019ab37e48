import { useId, useState } from 'react'
import { notices } from '#/ui/notices'
import { Tick } from '#/ui/Tick'

/** Whether the browser says that an agent needs a decision. */
export function Notices() {
  const id = useId()
  const [on, setOn] = useState(notices.areOn)
  const [isRefused, setRefused] = useState(false)
  const turn = async (next: boolean) => {
    const is = await notices.turn(next)
    setOn(is)
    setRefused(next && !is)
  }
  return (
    <section>
      <h2>Notifications</h2>
      <Tick>
        <input
          id={id}
          type="checkbox"
          checked={on}
          disabled={!notices.areThere()}
          aria-describedby={`${id}-why`}
          onChange={(event) => void turn(event.target.checked)}
        />
        <span>
          <label htmlFor={id}>Notify me in this browser when an agent needs a decision</label>
          <span id={`${id}-why`} className="small block">
            {isRefused
              ? 'Your browser blocks notifications of this site. Allow them in its settings.'
              : 'Only while a page of the console is open and in the background. The title shows the number in any case.'}
          </span>
        </span>
      </Tick>
    </section>
  )
}
