import { Toast } from '@base-ui/react/toast'
import { Button } from './Button'
import { Icon } from './Icon'
import { Mark, type MarkName } from './Mark'
import { RequestId, type Said } from './Problem'
import './toasts.css'

const manager = Toast.createToastManager<{ requestId?: string }>()

export const toasts = {
  failed: ({ title, detail, hint, requestId }: Said) =>
    manager.add({
      title,
      description: [detail, hint].filter(Boolean).join('. '),
      type: 'failed',
      priority: 'high',
      // An error stays until it was read: it may hold an id worth copying.
      timeout: 0,
      data: { requestId },
    }),
  done: (title: string) => manager.add({ title, type: 'succeeded', timeout: 4000 }),
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const { toasts: list } = Toast.useToastManager<{ requestId?: string }>()
  return list.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`toast over ${toast.type}`}>
      <Mark name={toast.type as MarkName} />
      <Toast.Content className="grow">
        <Toast.Title />
        <Toast.Description />
        <RequestId id={toast.data?.requestId} />
      </Toast.Content>
      <Toast.Close aria-label="Dismiss" render={<Button kind="bare icon" />}>
        <Icon name="close" />
      </Toast.Close>
    </Toast.Root>
  ))
}
