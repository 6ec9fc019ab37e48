import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { inWords, isLostPart, mayHeal } from '#/api/errors'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Empty } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { heal } from './stale'

/** A page that could not be shown. Where time may heal it, it tries again by itself. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const healing = mayHeal(error)
  useEffect(() => {
    if (!healing) return
    if (isLostPart(error)) return heal()
    const timer = setInterval(() => void router.invalidate(), 2_000)
    return () => clearInterval(timer)
  }, [error, healing, router])
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
