import { useEffect, useState } from 'react'
import { Button } from './Button'
import { Copy } from './Copy'
import './code-block.css'

/** Longer ones stay without colours: finding them would take a moment in which nothing else moves. */
const LONGEST = 12_000

type Props = { text: string; language: string; growing: boolean }

/** A block of code: what it is written in, its colours once they are loaded, and its text to take along. */
export function CodeBlock({ text, language, growing }: Props) {
  const [wrap, setWrap] = useState(false)
  const html = useColours(text, language, growing)
  const name = language || 'Code'
  return (
    <div className="code-block">
      <div className="head">
        <span className="cut">{name}</span>
        <Button kind="bare" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          Wrap
        </Button>
        <Copy text={text} label={`Copy ${name.toLowerCase()} block`} words />
      </div>
      <pre className={wrap ? 'wrap' : undefined} tabIndex={0} role="region" aria-label={`${name} block`}>
        {html ? <code dangerouslySetInnerHTML={{ __html: html }} /> : <code>{text}</code>}
      </pre>
    </div>
  )
}

/** The text with its colours as HTML, nothing while there are none. */
function useColours(text: string, language: string, growing: boolean): string | undefined {
  const [known, setKnown] = useState<{ text: string; html: string }>()
  useEffect(() => {
    if (growing || !language || text.length > LONGEST) return
    let isWanted = true
    void import('./colours').then(({ colour }) => {
      const html = colour(text, language)
      if (isWanted && html) setKnown({ text, html })
    })
    return () => {
      isWanted = false
    }
  }, [text, language, growing])
  return known?.text === text ? known.html : undefined
}
