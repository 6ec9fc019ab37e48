import { useEffect, useState } from 'react'
import { CodeBlock } from './CodeBlock'
import './diagram.css'

type Drawn = { text: string; address: string | null }

/** A diagram from its Mermaid source, as a picture; what cannot be drawn is shown as it was written. */
export function Diagram({ text }: { text: string }) {
  const [drawn, setDrawn] = useState<Drawn>()
  useEffect(() => {
    let isWanted = true
    const draw = () =>
      void import('./mermaid')
        .then(({ pictureOf }) => pictureOf(text))
        .catch(() => null)
        .then((address) => isWanted && setDrawn({ text, address }))
    draw()
    // A picture has its colours in itself: another theme is another picture.
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(draw)
    dark.addEventListener('change', draw)
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => {
      isWanted = false
      dark.removeEventListener('change', draw)
      chosen.disconnect()
    }
  }, [text])
  const address = drawn?.text === text ? drawn.address : undefined
  if (!address) return <CodeBlock text={text} language="mermaid" growing={false} />
  return (
    <div className="diagram">
      <img src={address} alt={`Diagram: ${text.slice(0, 300)}`} />
      <details>
        <summary>Source</summary>
        <CodeBlock text={text} language="mermaid" growing={false} />
      </details>
    </div>
  )
}
