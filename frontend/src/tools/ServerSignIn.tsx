import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshTools, signInToServer, signOutOfServer } from '#/api/tools'
import type { ToolServerBrief } from '#/api/types'
import { Button } from '#/ui/Button'
import { Time } from '#/ui/Time'

type SignIn = NonNullable<ToolServerBrief['signIn']>
type Props = { server: ToolServerBrief; signIn: SignIn; blocked: string | false | undefined }

/** How it stands with signing in to an MCP server, and the way to the page where a person consents. */
export function ServerSignIn({ server, signIn, blocked }: Props) {
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: () => signInToServer(server.name, signIn.offered ?? undefined),
    onSuccess: ({ link }) => location.assign(link),
  })
  const signOut = useMutation({
    mutationFn: () => signOutOfServer(server.name),
    onSuccess: () => refreshTools(queries),
  })
  const place = host(signIn.offered ?? signIn.issuer)
  const isIn = signIn.state === 'signed_in' || signIn.state === 'more'
  return (
    <div className="sign-in-line" data-state={signIn.state}>
      <span>
        {isIn && signIn.by && `Signed in at ${host(signIn.issuer)} by ${signIn.by} `}
        {isIn && signIn.at && <Time at={signIn.at} />}
        {isIn && signIn.problem && '. '}
        {signIn.problem}
      </span>
      <div className="buttons">
        {signIn.state !== 'signed_in' && (
          <Button kind="go" blocked={blocked} disabled={begin.isPending} onClick={() => begin.mutate()}>
            {signIn.state === 'changed' ? `Agree to ${place} and sign in` : `Sign in at ${place}`}
          </Button>
        )}
        {isIn && (
          <Button blocked={blocked} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out of {server.name}
          </Button>
        )}
      </div>
    </div>
  )
}

const host = (issuer?: string | null) => (issuer && URL.canParse(issuer) ? new URL(issuer).host : 'its sign-in page')
