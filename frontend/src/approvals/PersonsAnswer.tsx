import { useState } from 'react'
import type { Approval } from '#/api/types'
import { Button } from '#/ui/Button'
import { wrongs, type Schema } from '#/ui/schema'
import { SchemaForm, type Values } from '#/ui/SchemaForm'
import type { Decide } from './decide'
import { Reject } from './forms'

/** What an agent asks a person, as a form of what it wants to know. */
export function PersonsAnswer({
  approval,
  decide,
  blocked,
}: {
  approval: Approval
  decide: Decide
  blocked: string | false
}) {
  const [declining, setDeclining] = useState(false)
  const { schema, unwrap } = formOf(approval)
  const [value, setValue] = useState<Values | null>(() => startOf(schema))
  const [tried, setTried] = useState(false)
  const wrong = value ? wrongs(schema, value) : []
  const options = optionsOf(approval)
  if (declining)
    return <Reject onSay={decide.mutate} busy={decide.isPending} onClose={() => setDeclining(false)} what="Decline" />
  if (options.length > 0 && options.length <= 6) {
    return (
      <div className="buttons options">
        {options.map((option) => (
          <Button
            key={option}
            onClick={() => decide.mutate({ decision: 'approve', answer: option })}
            blocked={blocked}
            disabled={decide.isPending}
          >
            {option}
          </Button>
        ))}
        <Button kind="bare" onClick={() => setDeclining(true)} blocked={blocked} disabled={decide.isPending}>
          Decline
        </Button>
      </div>
    )
  }
  return (
    <form
      className="stack"
      aria-label="Answer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (value && wrong.length === 0) decide.mutate({ decision: 'approve', answer: unwrap(value) })
      }}
    >
      <SchemaForm schema={schema} value={value ?? {}} onChange={setValue} wrong={tried ? wrong : []} />
      <div className="buttons">
        <Button kind="go" type="submit" disabled={decide.isPending} blocked={blocked}>
          Answer
        </Button>
        <Button onClick={() => setDeclining(true)} blocked={blocked} disabled={decide.isPending}>
          Decline
        </Button>
      </div>
    </form>
  )
}

/** Forms are made of objects: a single value is asked for as the one field of an object and taken out again. */
function formOf(approval: Approval): { schema: Schema; unwrap: (value: Values) => unknown } {
  const schema = approval.schema as Schema | null
  if (schema?.properties) return { schema: { type: 'object', ...schema }, unwrap: (value) => value }
  const options = optionsOf(approval)
  const one: Schema =
    schema ?? (options.length > 0 ? { enum: options } : { type: 'string', minLength: 1, maxLength: 2_000 })
  const titled = { ...one, title: one.title ?? 'Answer' }
  return {
    schema: { type: 'object', properties: { answer: titled }, required: ['answer'] },
    unwrap: (value) => value.answer,
  }
}

const optionsOf = ({ options }: Approval) => options ?? []

function startOf({ properties = {} }: Schema): Values {
  const entries = Object.entries(properties).flatMap(([name, { type, default: given }]): [string, unknown][] =>
    given !== undefined ? [[name, given]] : type === 'boolean' ? [[name, false]] : [],
  )
  return Object.fromEntries(entries)
}
