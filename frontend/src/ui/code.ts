import type { RefObject } from 'react'
import type { Proposal } from './proposals'
import type { YamlPlace } from './yamlPlace'

/** What is wrong at a place of a text; lines and columns count from 1. */
export type CodeProblem = { line?: number; column?: number; message: string; hint?: string; path?: string }

/** Sets the cursor to a place; without `focus` whoever reads keeps it. */
export type CodeCursor = { goTo: (place: Pick<CodeProblem, 'line' | 'column'>, focus?: boolean) => void }

export type CodeProps = {
  value: string
  onChange: (value: string) => void
  problems: CodeProblem[]
  label: string
  /** What may stand at a place. */
  propose?: (place: YamlPlace) => Proposal[]
  /** The line that the cursor has come to, from 1. */
  onLine?: (line: number) => void
  describedBy?: string
  ref?: RefObject<CodeCursor | null>
}
