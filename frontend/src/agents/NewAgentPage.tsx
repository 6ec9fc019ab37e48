import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { denied, sessionQuery } from '#/api/session'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Page } from '#/ui/Page'
import { YamlEditor } from './Editor'

const template = (name: string) => `name: ${name}
description: What this agent is for, in one line
instructions: |
  You answer briefly and say what you did.
model: default
tools: [clock, calculator]
limits: {steps: 40, tokens: 200000, time: 10m}
`

export function NewAgentPage() {
  const [name, setName] = useState('navigator')
  const [begun, setBegun] = useState(false)
  const { data: session } = useQuery(sessionQuery)
  const wrong = !/^[a-z][a-z0-9-]{0,62}$/.test(name)
  return (
    <Page title="New agent" crumb={<Link to="/agents">Agents</Link>}>
      {!begun && (
        <form
          className="content"
          onSubmit={(event) => {
            event.preventDefault()
            setBegun(!wrong)
          }}
        >
          <div className="narrow stack">
            <Field>
              <label htmlFor="name">Name</label>
              <input
                id="name"
                className="input"
                value={name}
                aria-invalid={wrong}
                aria-describedby="name-rule"
                onChange={(event) => setName(event.target.value)}
              />
              <span id="name-rule" className={wrong ? 'wrong' : 'small'}>
                Lowercase letters, digits, dashes; starts with a letter. Used in the URL, can't be changed.
              </span>
            </Field>
            <div>
              <Button kind="go" type="submit" disabled={wrong}>
                Continue
              </Button>
            </div>
          </div>
        </form>
      )}
      {begun && <YamlEditor name={name} start={template(name)} denied={denied(session, 'build')} />}
    </Page>
  )
}
