import { compareLines } from './lines'
import './compared-lines.css'

const marks = { same: ' ', added: '+', removed: '−' }

/** Two texts, line by line. Without an earlier one, the lines of the later one as they are. */
export function ComparedLines({ before, after, label }: { before?: string; after: string; label: string }) {
  return (
    <pre className="lines" tabIndex={0} role="region" aria-label={label}>
      {compareLines(before ?? after, after).map(({ kind, text, key }) => (
        <span key={key} className={kind}>
          <i>{marks[kind]}</i>
          {text || ' '}
        </span>
      ))}
    </pre>
  )
}
