import { Copy } from './Copy'
import './code.css'

/** A block of text that came from outside: scrolls on its own, can be reached by keyboard, can be copied. */
export function Code({ text, label, wrap = false }: { text: string; label: string; wrap?: boolean }) {
  return (
    <div className="code">
      <pre className={wrap ? 'wrap' : undefined} tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <Copy text={text} label={`Copy ${label.toLowerCase()}`} className="copy" />
    </div>
  )
}

/** Any value: text as text, all else as indented JSON. */
export function Value({ value, label }: { value: unknown; label: string }) {
  return typeof value === 'string' ? (
    <Code text={value} label={label} wrap />
  ) : (
    <Code text={JSON.stringify(value, null, 2)} label={label} />
  )
}
