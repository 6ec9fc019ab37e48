import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { putToolServer, refreshTools, toolServerQuery } from '#/api/tools'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { toasts } from '#/ui/toasts'

const examples = {
  mcp: `kind: tool-server
name: tides
mcp:
  url: https://tides.example.org/mcp
headers:
  - name: Authorization
    value: Bearer secret://tides-token
`,
  openapi: `kind: tool-server
name: shop
openapi:
  url: https://shop.example.org/openapi.json
  credentials:
    - scheme: bearerAuth
      value: secret://shop-token
`,
}

type Props = { chosen?: string; onClose: () => void }

/** A new tool server where the name is empty, else the one of that name. */
export function SetToolServer({ chosen, onClose }: Props) {
  return (
    <Dialog open={chosen !== undefined} onClose={onClose} title={chosen ? `Edit "${chosen}"` : 'New tool server'}>
      {chosen ? <Existing name={chosen} onClose={onClose} /> : <ServerForm onClose={onClose} text={examples.mcp} />}
    </Dialog>
  )
}

function Existing({ name, onClose }: { name: string; onClose: () => void }) {
  const server = useQuery(toolServerQuery(name))
  if (server.error) return <Problem says={inWords(server.error)} />
  return server.data ? <ServerForm name={name} text={server.data.definition} onClose={onClose} /> : <Bones />
}

const nameIn = (yaml: string) => /^\s*"?name"?\s*:\s*["']?([^\s"',]+)/m.exec(yaml)?.[1] ?? ''

function ServerForm({ name, text, onClose }: { name?: string; text: string; onClose: () => void }) {
  const [yaml, setYaml] = useState(text)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => putToolServer(name ?? nameIn(yaml), yaml),
    meta: { shown: true },
    onSuccess: (server) => {
      if (server.problem)
        toasts.failed({ title: `Tool server "${server.name}" could not be asked`, detail: server.problem })
      else toasts.done(`Tool server "${server.name}" saved`)
      void refreshTools(queries)
      onClose()
    },
  })
  const words = save.error && inWords(save.error)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {words && <Problem says={{ ...words, detail: mistakes(words.errors) || words.detail }} />}
      {!name && (
        <div className="buttons">
          <Button onClick={() => setYaml(examples.mcp)}>MCP server</Button>
          <Button onClick={() => setYaml(examples.openapi)}>OpenAPI document</Button>
        </div>
      )}
      <Field>
        <label htmlFor="tool-server">Definition</label>
        <textarea
          id="tool-server"
          className="input mono"
          rows={12}
          spellCheck={false}
          value={yaml}
          onChange={(event) => setYaml(event.target.value)}
        />
      </Field>
      <div className="buttons">
        <Button onClick={onClose}>Close</Button>
        <Button kind="go" type="submit" disabled={save.isPending} blocked={!nameIn(yaml) && 'Enter a name'}>
          Save and ask it
        </Button>
      </div>
    </form>
  )
}

const mistakes = (errors: { line?: number; message: string }[]) =>
  errors.map(({ line, message }) => (line ? `Line ${line}: ${message}` : message)).join('. ')
