import { linesOf } from '#/ui/diff'
import './lines.css'

/** One text turned into another; what did not change is quiet. */
export function Lines({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = linesOf(before, after)
  const signs = { same: ' ', added: '+', removed: '−', changed: ' ' }
  const said = { same: '', added: 'right: ', removed: 'left: ', changed: '' }
  return (
    <pre className="diff" tabIndex={0} role="region" aria-label={label}>
      {lines.map(({ text, change }, index) => (
        // Lines are never moved, their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={change}>
          <span aria-hidden="true">{signs[change]} </span>
          <span className="hidden">{said[change]}</span>
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
