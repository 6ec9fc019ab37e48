import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { inWords, mayHeal } from '#/api/errors'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Empty } from '#/ui/Page'
import { Problem } from '#/ui/Problem'

/** A page that could not be shown. Where time may heal it, it tries again by itself. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const healing = mayHeal(error)
  useEffect(() => {
    if (!healing) return
    const timer = setInterval(() => void router.invalidate(), 2_000)
    return () => clearInterval(timer)
  }, [healing, router])
  return (
    <main className="content">
      <div className="narrow">
        <Problem says={inWords(error)}>
          <Button
            onClick={() => {
              reset()
              void router.invalidate()
            }}
          >
            Try again
          </Button>
        </Problem>
      </div>
    </main>
  )
}

export function NotFound() {
  return (
    <Empty alone says="Page not found">
      <ButtonLink to="/threads">Go to chat</ButtonLink>
    </Empty>
  )
}
