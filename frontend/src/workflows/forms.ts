import type { Path, State } from '#/graph/model'
import type { Names } from './values'

/** What a form asks of a kind of state. `yaml`: a value of any form; `state`: the name of a state beside it. */
export type Asked = {
  key: Path
  label: string
  as: 'text' | 'lines' | 'yaml' | 'state'
  names?: keyof Names
  choices?: string[]
}

const next: Asked = { key: ['next'], label: 'Next', as: 'state' }
const timeout: Asked = { key: ['timeout'], label: 'Time-out, such as 90s', as: 'text' }

export const formOf: Record<State['kind'], Asked[]> = {
  agent: [
    { key: ['agent'], label: 'Agent', as: 'text', names: 'agents' },
    { key: ['input'], label: 'Input', as: 'lines' },
    next,
    timeout,
  ],
  tool: [
    { key: ['tool'], label: 'Tool', as: 'text', names: 'tools' },
    { key: ['args'], label: 'Arguments', as: 'yaml' },
    next,
    timeout,
  ],
  workflow: [
    { key: ['workflow'], label: 'Workflow', as: 'text', names: 'workflows' },
    { key: ['input'], label: 'Input', as: 'yaml' },
    next,
    timeout,
  ],
  approval: [
    { key: ['approval', 'message'], label: 'Message', as: 'lines' },
    { key: ['approval', 'expires'], label: 'Expires after, such as 24h', as: 'text' },
    { key: ['approval', 'otherwise'], label: 'If nobody answers', as: 'text', choices: ['reject', 'approve'] },
    next,
    { key: ['rejected'], label: 'If rejected', as: 'state' },
  ],
  choice: [{ key: ['otherwise'], label: 'Otherwise', as: 'state' }],
  parallel: [{ key: ['parallel', 'join'], label: 'Join: all, any or a number', as: 'text' }, next, timeout],
  map: [
    { key: ['map', 'over'], label: 'Over', as: 'lines' },
    { key: ['map', 'as'], label: 'Each item is called', as: 'text' },
    { key: ['map', 'atMost'], label: 'At once', as: 'yaml' },
    { key: ['map', 'tolerate'], label: 'Failures to tolerate', as: 'yaml' },
    next,
    timeout,
  ],
  wait: [
    { key: ['wait', 'for'], label: 'For, such as 10m', as: 'text' },
    { key: ['wait', 'until'], label: 'Until, such as 2026-12-24T18:00:00Z', as: 'text' },
    { key: ['wait', 'signal'], label: 'For a signal', as: 'text' },
    next,
  ],
  set: [{ key: ['set'], label: 'Value', as: 'yaml' }, next],
  succeed: [{ key: ['succeed', 'output'], label: 'Output', as: 'yaml' }],
  fail: [
    { key: ['fail', 'code'], label: 'Code', as: 'text' },
    { key: ['fail', 'message'], label: 'Message', as: 'lines' },
  ],
  unknown: [],
}
