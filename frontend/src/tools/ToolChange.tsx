import { linesOf } from '#/ui/diff'
import './tool-change.css'

type Props = { name: string; before: Record<string, unknown>; after: Record<string, unknown> }

const marks = { same: ' ', added: '+', removed: '−', changed: '~' }

/** What a tool said of itself when it was approved, and what it says now, line by line. */
export function ToolChange({ name, before, after }: Props) {
  const lines = linesOf(written(before), written(after))
  return (
    <pre className="tool-change" tabIndex={0} role="region" aria-label={`What changed in ${name}`}>
      {lines.map(({ change, text }, at) => (
        <span key={`${at}-${text}`} className={change}>
          <i>{marks[change]}</i>
          {text || ' '}
        </span>
      ))}
    </pre>
  )
}

/** Line breaks in texts are shown as such: a change hides well in a long line. */
const written = (value: Record<string, unknown>) => JSON.stringify(value, null, 2).replaceAll(String.raw`\n`, '\n')
