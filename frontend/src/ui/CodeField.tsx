import { autocompletion, completionKeymap, type CompletionSource } from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { CodeProblem, CodeProps } from './code'
import { yamlPlace } from './yamlPlace'

/** Colours of the console: both themes by the variables that they change. */
const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--sea)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--brass)' },
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: tags.invalid, color: 'var(--failed)' },
])
const look = EditorView.theme({
  '&': { height: '100%', font: '13px/20px var(--mono)', color: 'var(--ink)', background: 'var(--raised)' },
  '&.cm-focused': { outline: 'none', boxShadow: 'inset 2px 0 0 var(--sea)' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--ink-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--sea-wash)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    background: 'color-mix(in oklab, var(--sea) 28%, transparent) !important',
  },
  '.cm-tooltip': {
    background: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--sea)', color: 'var(--raised)' },
  '.cm-diagnostic': { font: '13px/18px var(--font)', whiteSpace: 'pre-wrap', maxWidth: '60ch' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failed)',
  },
})

/** Tab stays free for moving on, as everywhere; Enter keeps the indent. */
const keys = keymap.of([...completionKeymap, ...historyKeymap, ...standardKeymap])

const rowOf = (doc: Text, line: number) => doc.line(Math.max(1, Math.min(line, doc.lines)))

function marks(state: EditorState, problems: CodeProblem[]): Diagnostic[] {
  return problems.map(({ line = 1, column = 1, message, hint }) => {
    const row = rowOf(state.doc, line)
    const from = Math.min(row.from + column - 1, row.to)
    return { from, to: row.to, severity: 'error', message: hint ? `${message}\n${hint}` : message }
  })
}

/**
 * An editor for definitions: colours, what may stand where, problems at their place. It lies behind a shadow root,
 * where the styles that it makes itself are allowed by the page's content policy.
 */
export function CodeField({ value, onChange, problems, label, propose, onLine, describedBy, ref }: CodeProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(null)
  const changed = useEffectEvent((text: string) => onChange(text))
  const moved = useEffectEvent((line: number) => onLine?.(line))
  const proposed = useEffectEvent((before: string) => {
    const place = yamlPlace(before)
    return place && propose ? { place, options: propose(place) } : null
  })
  const start = useEffectEvent(() => value)
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' })
    const complete: CompletionSource = ({ state, pos, explicit }) => {
      const found = proposed(state.sliceDoc(0, pos))
      if (!found || found.options.length === 0 || (!explicit && !found.place.typed)) return null
      return {
        from: pos - found.place.typed.length,
        options: found.options.map((one) => ({ label: one.label, apply: one.insert, info: one.about })),
      }
    }
    const view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: start(),
        extensions: [
          lineNumbers(),
          history(),
          highlightActiveLine(),
          yaml(),
          syntaxHighlighting(colours),
          lintGutter(),
          autocompletion({ override: [complete], icons: false }),
          keys,
          look,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString())
            if (update.selectionSet && update.view.hasFocus)
              moved(update.state.doc.lineAt(update.state.selection.main.head).number)
          }),
        ],
      }),
    })
    editor.current = view
    return () => view.destroy()
  }, [label])
  useEffect(() => {
    const view = editor.current
    if (!view || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [value])
  useEffect(() => {
    const view = editor.current
    if (view) view.dispatch(setDiagnostics(view.state, marks(view.state, problems)))
  }, [problems])
  useEffect(() => {
    if (!ref) return
    ref.current = {
      goTo: ({ line = 1, column = 1 }, focus = true) => {
        const view = editor.current
        if (!view) return
        const { from, to } = rowOf(view.state.doc, line)
        view.dispatch({ selection: { anchor: Math.min(from + column - 1, to) }, scrollIntoView: true })
        if (focus) view.focus()
      },
    }
  }, [ref])
  return <div className="code-field" ref={host} aria-describedby={describedBy} />
}
