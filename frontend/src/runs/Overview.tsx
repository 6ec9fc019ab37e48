import type { RunView } from '#/events/view'
import { Value } from '#/ui/Code'
import { Copy } from '#/ui/Copy'
import { Pairs } from '#/ui/Pairs'
import { Problem } from '#/ui/Problem'

/** The run as a whole: what was asked and what came of it. */
export function Overview({ view }: { view: RunView }) {
  const labels = Object.entries(view.metadata)
  return (
    <>
      <h2>Overview</h2>
      {view.error && <Problem says={{ title: view.error.message, detail: view.error.code, hint: view.error.hint }} />}
      {view.input.map((message, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a run's input never changes
        <div key={index}>
          <h3 className="label">{message.role === 'user' ? 'Input' : 'Assistant said before'}</h3>
          <Value value={message.content} label="Input" />
        </div>
      ))}
      {view.output !== null && (
        <>
          <h3 className="label">Output</h3>
          <Value value={view.structured ?? view.output} label="Output" />
        </>
      )}
      <Pairs>
        <dt>Run</dt>
        <dd className="copied">
          <code>{view.id}</code> <Copy text={view.id} label="Copy the run's id" />
        </dd>
        <dt>Thread</dt>
        <dd className="copied">
          <code>{view.thread}</code> <Copy text={view.thread} label="Copy the thread's id" />
        </dd>
        {labels.map(([name, value]) => (
          <Label key={name} name={name} value={value} />
        ))}
      </Pairs>
    </>
  )
}

function Label({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
