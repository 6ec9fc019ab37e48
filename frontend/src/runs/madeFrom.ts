import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { newIdempotencyKey } from '#/api/client'
import { runMade } from '#/api/runs'
import type { Run } from '#/api/types'
import { toasts } from '#/ui/toasts'

/** Makes a new run out of this one, and goes there. Sent again after a lost answer, it makes no second one. */
export function useMadeFrom<Body>(make: (body: Body, key: string) => Promise<Run>, done: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(newIdempotencyKey)
  return useMutation({
    mutationFn: (body: Body) => make(body, key),
    meta: { shown: true },
    onSuccess: (made) => {
      runMade(queries, made)
      toasts.done(done)
      void navigate({ to: '/runs/$run', params: { run: made.id } })
    },
  })
}
