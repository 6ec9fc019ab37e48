import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { basePath } from '#/api/base'
import { inWords } from '#/api/errors'
import { sessionBegan, signIn } from '#/api/session'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Wheel } from '#/ui/Icon'
import { useTitle } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import './sign-in-page.css'

/** Trades a key for a session cookie that no script can read. */
export function SignInPage() {
  const [key, setKey] = useState('')
  const { to } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const queries = useQueryClient()
  useTitle('Sign in')
  const enter = useMutation({
    mutationFn: () => signIn(key.trim()),
    meta: { shown: true },
    onSuccess: async (session) => {
      sessionBegan(queries, session)
      // Only a path of this console: an address from outside must not be gone to.
      router.history.push(basePath + (to?.startsWith('/') && !to.startsWith('//') ? to : '/threads'))
    },
  })
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          enter.mutate()
        }}
      >
        <h1>
          <Wheel />
          Wheelhouse
        </h1>
        <Field>
          <label htmlFor="key">Key</label>
          <input
            id="key"
            className="input mono"
            type="password"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has this one field, and nothing above it
            autoFocus
            autoComplete="current-password"
            placeholder="wh_tenant_…"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
          <span className="small">Ask your admin for a key (Settings, Keys).</span>
        </Field>
        {enter.error && <Problem says={inWords(enter.error)} />}
        <Button kind="go" type="submit" blocked={!key.trim() && 'Enter a key'} disabled={enter.isPending}>
          {enter.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  )
}
