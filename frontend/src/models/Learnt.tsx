import type { Adaptation, Target } from '#/api/types'

const words: Record<Adaptation, string> = {
  no_stream_options: 'token counts are not asked for',
  other_output_tokens: 'the answer’s bound goes by its other name',
  no_temperature: 'no temperature',
  no_effort: 'no reasoning effort',
  no_schema: 'schemas go in words',
  no_tool_choice: 'that a tool has to be called goes in words',
  empty_thoughts: 'empty thoughts with earlier answers',
  no_kept: 'no thoughts of earlier answers',
  join_turns: 'messages of one role are joined',
  no_system: 'instructions go as a message',
  short_ids: 'short ids of tool calls',
  no_stream: 'answers come whole',
}

/** What a target's server has refused, and how it is asked since. */
export function Learnt({ target }: { target: Target }) {
  if (target.learnt.length === 0) return null
  return <small>Adapted: {target.learnt.map((one) => words[one]).join(', ')}</small>
}
