import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { hasStatus, inWords } from '#/api/errors'
import { toasts } from '#/ui/toasts'
import { useChecked, type Check } from './checked'
import { useDraft } from './draft'

/** What somebody else has saved meanwhile; `revision` where what is edited has revisions. */
export type Theirs<Version> = { yaml: string; version: Version; revision?: number }

type Props<Version, Saved, How> = {
  name: string
  /** Under which name this browser keeps what is not saved. */
  keptAs: string
  start: string
  /** What it begins with, such as an old revision; by default what is saved. */
  begin?: string
  /** The version when editing began; what is new has none. */
  from: Version | undefined
  check: Check<Saved>
  save: (yaml: string, version: Version | undefined, how: How) => Promise<Saved>
  onSaved: (saved: Saved, how: How) => Promise<unknown>
  newest: () => Promise<Theirs<Version>>
}

export type Editing = Pick<
  ReturnType<typeof useEditing<string | number, { version: string | number }, unknown>>,
  'text' | 'draft' | 'checked' | 'wrong' | 'theirs' | 'choose'
>

/**
 * One definition while somebody edits it: its text, what is wrong with it, and what others have saved meanwhile.
 * `keepGoing` saves and stays in the editor; what refuses it is told to `refused`.
 */
export function useEditing<Version, Saved extends { version: Version }, How = void>(props: Props<Version, Saved, How>) {
  const { name, keptAs, start, begin, from, check, save, onSaved, newest } = props
  const draft = useDraft(keptAs, start, begin)
  const [version, setVersion] = useState(from)
  const [theirs, setTheirs] = useState<Theirs<Version>>()
  const checked = useChecked(name, draft.text, check)
  const keepGoing = async (how: How) => {
    const saved = await save(draft.text, version, how)
    draft.clear()
    setVersion(saved.version)
    return saved
  }
  const refused = async (error: unknown) => {
    if (hasStatus(error, 412)) return setTheirs(await newest())
    const words = inWords(error)
    if (words.errors.length > 0) checked.show(words.errors)
    else toasts.failed(words)
  }
  const saving = useMutation({
    mutationFn: async (how: How) => onSaved(await keepGoing(how), how),
    meta: { shown: true },
    onError: refused,
  })
  const choose = (text: string) => {
    draft.write(text)
    setVersion(theirs?.version)
    setTheirs(undefined)
  }
  const wrong = checked.errors.length > 0
  return { text: draft.text, write: draft.write, draft, checked, wrong, theirs, choose, saving, keepGoing, refused }
}
