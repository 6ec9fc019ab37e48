import { Toast } from '@base-ui/react/toast'
import { Button } from './Button'
import { Icon } from './Icon'
import { Mark, type MarkName } from './Mark'
import { RequestId } from './Problem'
import { connect } from './toasts'
import './toast-list.css'

const manager = Toast.createToastManager<{ requestId?: string }>()
connect(({ title, description, failed, requestId }) =>
  manager.add({
    title,
    description,
    type: failed ? 'failed' : 'succeeded',
    priority: failed ? 'high' : 'low',
    // An error stays until it was read: it may hold an id worth copying.
    timeout: failed ? 0 : 4000,
    data: { requestId },
  }),
)

/** What was done and what failed, at the edge of the window. Loaded after the page, because nothing has happened yet. */
export function ToastList() {
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
