import type { Webhook } from '#/api/types'
import { Tag } from '#/ui/Tag'

/** Whether it is on; where it was switched off by itself, why. */
export function WebhookState({ webhook: { enabled, disabled } }: { webhook: Webhook }) {
  if (disabled) {
    return (
      <>
        <Tag tone="failed">off</Tag> <small>{disabled}</small>
      </>
    )
  }
  return enabled ? <Tag tone="sea">on</Tag> : <Tag>off</Tag>
}
