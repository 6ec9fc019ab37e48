import type { ReactNode } from 'react'
import { Button } from '#/ui/Button'
import { ago, plural } from '#/ui/format'
import { Changed } from './Changed'
import type { Editing } from './editing'
import './editor-frame.css'

type Props = { of: Editing; className?: string; buttons: ReactNode; children: ReactNode }

/**
 * What stands around the text of a definition: above it what somebody else has saved and what was typed here and never
 * saved, below it what the check says, and the buttons that save.
 */
export function EditorFrame({
  of: { text, draft, theirs, choose, checked, wrong },
  className,
  buttons,
  children,
}: Props) {
  return (
    <div className={className ? `editor ${className}` : 'editor'}>
      {theirs && <Changed theirs={theirs} mine={text} onChoose={choose} />}
      {draft.kept !== undefined && (
        <p className="kept" role="status">
          <span>You have changes from {ago(draft.kept.at)} that were not saved.</span>
          <Button onClick={draft.restore}>Restore them</Button>
          <Button onClick={draft.discard}>Discard</Button>
        </p>
      )}
      {children}
      <div className="foot">
        <span role="status" className={wrong ? 'wrong' : 'small'}>
          {checked.checking
            ? 'Checking…'
            : wrong
              ? plural(checked.errors.length, 'problem')
              : checked.trouble || 'No problems'}
        </span>
        <span className="grow" />
        {buttons}
      </div>
    </div>
  )
}
