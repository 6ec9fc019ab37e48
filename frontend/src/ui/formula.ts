import 'katex/dist/katex.min.css'
import { render } from 'katex'

/**
 * Draws one formula from its source. Only elements and their styles are made, nothing is parsed: the content policy holds.
 * A formula that cannot be read stays as it was written.
 */
export function draw(element: HTMLElement) {
  const source = element.textContent ?? ''
  element.setAttribute('role', 'math')
  element.setAttribute('aria-label', source)
  const drawn = document.createElement('span')
  try {
    render(source, drawn, {
      displayMode: element.dataset.formula === 'display',
      output: 'html',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 500,
    })
    element.replaceChildren(...drawn.childNodes)
  } catch {
    element.classList.add('mono')
  }
}
