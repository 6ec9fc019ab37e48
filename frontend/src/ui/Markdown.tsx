import DOMPurify from 'dompurify'
import { Marked, type Token, type TokensList } from 'marked'
import { memo, useMemo } from 'react'
import remend from 'remend'
import { Code } from './Code'
import './markdown.css'

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const marked = new Marked({
  gfm: true,
  renderer: {
    // What a model writes must not make the browser load anything: a picture becomes a link to it.
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || 'picture')}</a>`,
    // The page and the turn have the headings above; what a model writes stands below them.
    heading({ tokens, depth }) {
      const level = Math.min(6, Math.max(3, depth + 1))
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
    html: ({ text }) => escape(text),
  },
})

const purifier = DOMPurify(window)
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return
  node.setAttribute('target', '_blank')
  node.setAttribute('rel', 'noopener noreferrer')
})

export function toHtml(tokens: Token[]): string {
  return purifier.sanitize(marked.parser(tokens), {
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    FORBID_TAGS: ['img', 'picture', 'video', 'audio', 'source', 'style', 'svg', 'math', 'form', 'iframe'],
    FORBID_ATTR: ['style', 'class', 'id', 'srcset', 'background'],
    ADD_ATTR: ['target'],
    ADD_URI_SAFE_ATTR: ['align', 'start', 'type'],
  })
}

/** Text of a model as blocks: while it streams, only the last block is parsed into new elements. */
export const Markdown = memo(function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  const blocks = useMemo(() => marked.lexer(streaming ? remend(text) : text), [text, streaming])
  return (
    <div className={streaming ? 'markdown streaming' : 'markdown'}>
      {blocks.map((token, index) => (
        // Blocks only grow at the end, so their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} raw={token.raw} token={token} links={blocks.links} />
      ))}
    </div>
  )
})

type BlockProps = { raw: string; token: Token; links: TokensList['links'] }

const Block = memo(
  function Block({ token }: BlockProps) {
    if (token.type === 'space') return null
    if (token.type === 'code') return <Code text={token.text as string} label={`${token.lang || 'Code'} block`} />
    const html = toHtml([token])
    if (token.type === 'table') {
      return (
        <div
          className="table"
          tabIndex={0}
          role="region"
          aria-label="Table"
          dangerouslySetInnerHTML={{ __html: html }}
        />
      )
    }
    return <div dangerouslySetInnerHTML={{ __html: html }} />
  },
  (before, after) => before.raw === after.raw,
)
