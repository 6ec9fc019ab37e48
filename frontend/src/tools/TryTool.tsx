import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import { testTool } from '#/api/tools'
import type { Tool } from '#/api/types'
import { Button } from '#/ui/Button'
import { Value } from '#/ui/Code'
import { Problem } from '#/ui/Problem'
import type { Schema } from '#/ui/schema'
import { SchemaForm, type Values } from '#/ui/SchemaForm'

/** Calls a tool once, as the person who looks at it. */
export function TryTool({ tool }: { tool: Tool }) {
  const { data: session } = useQuery(sessionQuery)
  const [isOpen, setOpen] = useState(false)
  const [values, setValues] = useState<Values | null>({})
  const call = useMutation({ mutationFn: (args: Values) => testTool(tool.name, args), meta: { shown: true } })
  if (!isOpen)
    return (
      <div className="buttons">
        <Button blocked={denied(session, 'build')} aria-label={`Try ${tool.name}`} onClick={() => setOpen(true)}>
          Try it
        </Button>
      </div>
    )
  const result = call.data
  return (
    <form
      className="stack"
      aria-label={`Try ${tool.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (values) call.mutate(values)
      }}
    >
      <SchemaForm schema={tool.schema as Schema} value={values ?? {}} onChange={setValues} wrong={[]} />
      <div className="buttons">
        <Button kind="go" type="submit" disabled={call.isPending} blocked={values === null && 'Enter a JSON object'}>
          Call it
        </Button>
      </div>
      {call.error && <Problem says={inWords(call.error)} />}
      {result?.error && (
        <Problem
          says={{
            title: result.error.code,
            detail: result.error.message,
            hint: result.error.hint ?? undefined,
          }}
        />
      )}
      {result && !result.error && <Value value={result.output} label={`Answer of ${tool.name}`} />}
      {result && <p className="quiet">{result.durationMs} ms</p>}
    </form>
  )
}
