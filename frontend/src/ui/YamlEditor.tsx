import { lazy, Suspense, useId, useRef } from 'react'
import type { CodeCursor, CodeProps } from './code'
import { Bones } from './Page'
import './yaml-editor.css'

const CodeField = lazy(() => import('./CodeField').then((module) => ({ default: module.CodeField })))

/** An editor for a definition in YAML, with all its problems below; each leads to its line. Loaded when it is needed. */
export function YamlEditor({ problems, ref, ...rest }: Omit<CodeProps, 'describedBy'>) {
  const own = useRef<CodeCursor>(null)
  const cursor = ref ?? own
  const list = useId()
  return (
    <div className="yaml-editor">
      <Suspense fallback={<Bones />}>
        <CodeField {...rest} problems={problems} describedBy={list} ref={cursor} />
      </Suspense>
      <ol id={list} aria-label="Problems" className={problems.length > 0 ? 'problems' : 'hidden'}>
        {problems.map((problem) => (
          <li key={`${problem.path}-${problem.line}-${problem.message}`}>
            <button type="button" onClick={() => cursor.current?.goTo(problem)}>
              {problem.line !== undefined && <b>Line {problem.line}: </b>}
              {problem.message}
              {problem.hint && <span className="hint"> {problem.hint}</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
