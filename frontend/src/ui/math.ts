import type { TokenizerAndRendererExtension, Tokens } from 'marked'

/**
 * Formulas in a text: `$…$`, `\\(…\\)`, and on lines of their own `$$…$$`, `\\[…\\]`. Read before anything else, so that no
 * backslash in them is taken for one of Markdown. Prices are no formulas: a sign before a space or a figure does not end one.
 */
const inline = [/^\$(?![\s$])((?:\\[^\n]|[^$\\\n])+?)(?<!\s)\$(?!\d)/, /^\\\(([\s\S]+?)\\\)/]
const display = [/^\$\$([\s\S]+?)\$\$(?:\n|$)/, /^\\\[([\s\S]+?)\\\](?:\n|$)/]

type Formula = Tokens.Generic & { text: string }

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function firstOf(forms: RegExp[], name: string) {
  return (src: string): Formula | undefined => {
    for (const form of forms) {
      const found = form.exec(src)
      if (found?.[1]?.trim()) return { type: name, raw: found[0], text: found[1].trim() }
    }
    return undefined
  }
}

const place = (src: string, signs: string[]) => {
  const places = signs.map((sign) => src.indexOf(sign)).filter((at) => at >= 0)
  return places.length > 0 ? Math.min(...places) : undefined
}

/** As the element that is drawn later; until then, and where it cannot be drawn, its source is read. */
const element = (kind: string) => (token: Tokens.Generic) =>
  `<span data-formula="${kind}">${escape((token as Formula).text)}</span>`

export const formulas: TokenizerAndRendererExtension[] = [
  {
    name: 'formula',
    level: 'inline',
    start: (src) => place(src, ['$', '\\(']),
    tokenizer: firstOf(inline, 'formula'),
    renderer: element('inline'),
  },
  {
    name: 'display',
    level: 'block',
    start: (src) => place(src, ['$$', '\\[']),
    tokenizer: firstOf(display, 'display'),
    renderer: (token) => `<p>${element('display')(token)}</p>\n`,
  },
]

/** Draws the formulas in a part of the page. */
export async function drawFormulas(part: HTMLElement) {
  const waiting = part.querySelectorAll<HTMLElement>('[data-formula]:not([role])')
  if (waiting.length === 0) return
  const { draw } = await import('./formula')
  for (const one of waiting) draw(one)
}
