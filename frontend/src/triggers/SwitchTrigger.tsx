import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deleteTrigger, forgetTrigger, refreshTrigger, saveTrigger } from '#/api/triggers'
import type { Trigger } from '#/api/types'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { toasts } from '#/ui/toasts'
import { switched } from './definition'

/** Switches a trigger off or on, or deletes it. Refused, it shows what somebody else has made of it. */
export function SwitchTrigger({ trigger, blocked }: { trigger: Trigger; blocked: string | false }) {
  const { name, enabled, version, yaml = '' } = trigger
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const change = useMutation({
    mutationFn: () => saveTrigger(name, switched(yaml, !enabled), version),
    onSuccess: (now) => toasts.done(`Trigger "${name}" is ${now.enabled ? 'on' : 'off'}`),
    onSettled: () => refreshTrigger(queries, name),
  })
  const gone = useMutation({
    mutationFn: () => deleteTrigger(trigger),
    onSuccess: async () => {
      toasts.done(`Trigger "${name}" deleted`)
      await navigate({ to: '/triggers' })
      await forgetTrigger(queries, name)
    },
    onError: () => refreshTrigger(queries, name),
  })
  return (
    <>
      <Button
        kind="bare icon"
        aria-label={`Delete ${name}`}
        title="Delete"
        blocked={blocked}
        disabled={gone.isPending}
        onClick={() => setAsking(true)}
      >
        <Icon name="trash" />
      </Button>
      <Button blocked={blocked} disabled={change.isPending} onClick={() => change.mutate()}>
        {enabled ? 'Switch off' : 'Switch on'}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete "${name}"?`}
        says="It will start no more runs, and its list of firings is deleted. Runs that it started are kept."
        action="Delete trigger"
        onYes={() => {
          setAsking(false)
          gone.mutate()
        }}
      />
    </>
  )
}
