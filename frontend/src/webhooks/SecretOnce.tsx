import type { Webhook } from '#/api/types'
import { Button } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { Dialog } from '#/ui/Dialog'

/** Shows a secret that was just made: once, because no other answer has it. */
export function SecretOnce({ made, onClose }: { made?: Webhook; onClose: () => void }) {
  return (
    <Dialog open={made !== undefined} onClose={onClose} title={`Secret of "${made?.name ?? ''}"`}>
      <p>Copy it now. You won't see it again. The receiver uses it to verify messages.</p>
      <Code text={made?.secret ?? ''} label="Secret" wrap />
      <div className="buttons">
        <Button kind="go" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  )
}
