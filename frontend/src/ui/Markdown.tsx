import DOMPurify from 'dompurify'
import { Marked, type Token } from 'marked'
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { GrowingBlocks } from './blocks'
import { CodeBlock } from './CodeBlock'
import { drawFormulas, formulas } from './math'
import './markdown.css'

const Diagram = lazy(() => import('./Diagram').then((module) => ({ default: module.Diagram })))

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const marked = new Marked({
  gfm: true,
  extensions: formulas,
  renderer: {
    // A box nobody can tick is a mark, not a field.
    checkbox: ({ checked }) =>
      `<b data-task="${checked ? 'done' : 'open'}" role="img" aria-label="${checked ? 'Done' : 'Open'}"></b> `,
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

export const lexer = (text: string): Token[] => marked.lexer(text)
export const growingBlocks = () => new GrowingBlocks(marked.defaults)

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
  const [growing] = useState(growingBlocks)
  const blocks = useMemo(() => (streaming ? growing.read(text) : lexer(text)), [text, streaming, growing])
  return (
    <div className={streaming ? 'markdown streaming' : 'markdown'}>
      {blocks.map((token, index) => (
        // Blocks only grow at the end, so their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} raw={token.raw} token={token} growing={streaming && index === blocks.length - 1} />
      ))}
    </div>
  )
})

type BlockProps = { raw: string; token: Token; growing: boolean }

const Block = memo(
  function Block({ token, growing }: BlockProps) {
    if (token.type === 'space') return null
    if (token.type === 'code') {
      const language = (token.lang as string | undefined)?.split(/\s/)[0] ?? ''
      const text = token.text as string
      return language === 'mermaid' && !growing ? (
        <Suspense>
          <Diagram text={text} />
        </Suspense>
      ) : (
        <CodeBlock text={text} language={language} growing={growing} />
      )
    }
    const html = toHtml([token])
    return token.type === 'table' ? (
      <Html html={html} growing={growing} className="table" label="Table" />
    ) : (
      <Html html={html} growing={growing} />
    )
  },
  (before, after) => before.raw === after.raw && before.growing === after.growing,
)

type HtmlProps = { html: string; growing: boolean; className?: string; label?: string }

/** Formulas are drawn when the block has all its text. */
function Html({ html, growing, className, label }: HtmlProps) {
  const part = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!growing && html && part.current) void drawFormulas(part.current)
  }, [html, growing])
  // What is drawn into it is not React's: the same element never gets another text.
  const content = useMemo(() => ({ __html: html }), [html])
  return (
    <div
      ref={part}
      className={className}
      dangerouslySetInnerHTML={content}
      {...(label ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    />
  )
}
