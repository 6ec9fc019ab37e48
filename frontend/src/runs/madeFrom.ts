import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { newIdempotencyKey, post } from '#/api/client'
import type { Run } from '#/api/types'
import { toasts } from '#/ui/toasts'

/** Makes a new run out of this one, and goes there. Sent again after a lost answer, it makes no second one. */
export function useMadeFrom<Body>(path: string, done: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(newIdempotencyKey)
  return useMutation({
    mutationFn: (body: Body) => post<Run>(path, body, { 'Idempotency-Key': key }),
    meta: { shown: true },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['runs'] })
      void queries.invalidateQueries({ queryKey: ['threads'] })
      void queries.invalidateQueries({ queryKey: ['thread', made.thread] })
      toasts.done(done)
      void navigate({ to: '/runs/$run', params: { run: made.id } })
    },
  })
}
