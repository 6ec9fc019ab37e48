import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Webhook } from '#/api/types'
import { deleteWebhook, forgetWebhook, putWebhook, refreshWebhook, rotateSecret, testWebhook } from '#/api/webhooks'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { toasts } from '#/ui/toasts'
import { switched } from './definition'
import { SecretOnce } from './SecretOnce'
import { SetWebhook } from './SetWebhook'

type Props = { webhook: Webhook; blocked: string | false }

/** All that can be done with a webhook. What is refused shows what somebody else has made of it. */
export function WebhookActions({ webhook, blocked }: Props) {
  const { name, enabled, disabled, yaml } = webhook
  const [open, setOpen] = useState<'edit' | 'rotate' | 'delete'>()
  const [made, setMade] = useState<Webhook>()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const onSettled = () => refreshWebhook(queries, name)
  const isOn = enabled && !disabled
  const change = useMutation({
    // One that its address made us switch off is on again as soon as it is saved.
    mutationFn: () => putWebhook(name, switched(yaml, !isOn), webhook),
    onSuccess: () => toasts.done(`Webhook "${name}" is ${isOn ? 'off' : 'on'}`),
    onSettled,
  })
  const test = useMutation({
    mutationFn: () => testWebhook(name),
    onSuccess: () => toasts.done('A test message is on its way'),
    onSettled,
  })
  const rotate = useMutation({ mutationFn: () => rotateSecret(name), onSuccess: setMade, onSettled })
  const gone = useMutation({
    mutationFn: () => deleteWebhook(webhook),
    onSuccess: async () => {
      toasts.done(`Webhook "${name}" deleted`)
      await navigate({ to: '/webhooks' })
      await forgetWebhook(queries, name)
    },
    onError: onSettled,
  })
  const close = () => setOpen(undefined)
  return (
    <>
      <Button
        kind="bare icon"
        aria-label={`Delete ${name}`}
        title="Delete"
        blocked={blocked}
        disabled={gone.isPending}
        onClick={() => setOpen('delete')}
      >
        <Icon name="trash" />
      </Button>
      <Button blocked={blocked} disabled={rotate.isPending} onClick={() => setOpen('rotate')}>
        Rotate secret
      </Button>
      <Button blocked={blocked} onClick={() => setOpen('edit')}>
        Edit
      </Button>
      <Button blocked={blocked} disabled={change.isPending} onClick={() => change.mutate()}>
        {isOn ? 'Switch off' : 'Switch on'}
      </Button>
      <Button kind="go" blocked={blocked} disabled={test.isPending} onClick={() => test.mutate()}>
        Send a test
      </Button>
      <SetWebhook chosen={open === 'edit' ? webhook : undefined} onClose={close} onSaved={() => undefined} />
      <SecretOnce made={made} onClose={() => setMade(undefined)} />
      <Confirm
        open={open === 'rotate'}
        onClose={close}
        title={`Make another secret for "${name}"?`}
        says="Messages are signed with both the old and the new secret until you make another one. Give the new one to the receiver."
        action="Make another secret"
        onYes={() => {
          close()
          rotate.mutate()
        }}
      />
      <Confirm
        open={open === 'delete'}
        onClose={close}
        title={`Delete "${name}"?`}
        says="No more messages will be sent. The secret and the list of deliveries are deleted. This can't be undone."
        action="Delete webhook"
        onYes={() => {
          close()
          gone.mutate()
        }}
      />
    </>
  )
}
