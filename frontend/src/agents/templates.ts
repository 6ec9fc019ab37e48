/** Agents to begin with; each is a whole definition that passes its check. */
type Template = { id: string; label: string; about: string; yaml: (name: string) => string }

const begin = (name: string, description: string, instructions: string[]) =>
  [`name: ${name}`, `description: ${description}`, 'instructions: |', ...instructions.map((line) => `  ${line}`)].join(
    '\n',
  )

export const templates: Template[] = [
  {
    id: 'plain',
    label: 'Assistant',
    about: 'Answers questions, with a clock and a calculator',
    yaml: (name) => `${begin(name, 'What this agent is for, in one line', ['You answer briefly and say what you did.'])}
model: default
tools: [clock, calculator]
limits: {steps: 40, tokens: 200000, time: 10m}
`,
  },
  {
    id: 'careful',
    label: 'Asks before it acts',
    about: 'Keeps notes; whatever changes something needs approval',
    yaml: (name) => `${begin(name, 'Keeps notes, and asks first', [
      'You keep notes for the user.',
      'Say what you are about to write before you write it.',
    ])}
model: default
tools: [notes_write, notes_read, notes_list]
approvals:
  - {when: 'tool.effect != "read"', message: This changes something, expires: 24h}
limits: {steps: 40, tokens: 200000}
`,
  },
  {
    id: 'form',
    label: 'Answers as JSON',
    about: 'Its answer always matches a JSON Schema',
    yaml: (name) => `${begin(name, 'Sorts messages by topic', [
      'You read a message and say what it is about and how urgent it is.',
    ])}
model: default
output:
  schema:
    type: object
    properties:
      topic: {type: string}
      urgent: {type: boolean}
    required: [topic, urgent]
    additionalProperties: false
`,
  },
  {
    id: 'lead',
    label: 'Calls other agents',
    about: 'Hands parts of a task to agents that you name',
    yaml: (name) => `${begin(name, 'Hands tasks to other agents', [
      'You split the task, have other agents do the parts, and put their answers together.',
    ])}
model: default
tools: [call_agent]
agents: [assistant]
limits: {steps: 40, depth: 2}
`,
  },
]
