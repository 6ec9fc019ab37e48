import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { denied, sessionQuery } from '#/api/session'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Page } from '#/ui/Page'

type Props = {
  title: string
  crumb: ReactNode
  suggested: string
  /** What else is asked beside the name. */
  children?: ReactNode
  renderEditor: (name: string, denied: string | false) => ReactNode
}

/** A page that asks for a name first, since that cannot be changed later, and then for the definition. */
export function NewDefinition({ title, crumb, suggested, children, renderEditor }: Props) {
  const [name, setName] = useState(suggested)
  const [begun, setBegun] = useState(false)
  const { data: session } = useQuery(sessionQuery)
  const wrong = !/^[a-z][a-z0-9-]{0,62}$/.test(name)
  return (
    <Page title={title} crumb={crumb}>
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
                Lowercase letters, digits, dashes; starts with a letter. Used in the URL, can&apos;t be changed.
              </span>
            </Field>
            {children}
            <div>
              <Button kind="go" type="submit" disabled={wrong}>
                Continue
              </Button>
            </div>
          </div>
        </form>
      )}
      {begun && renderEditor(name, denied(session, 'build'))}
    </Page>
  )
}
