import { stored } from './stored'

const KEY = 'browser-notices'

/** Notices of the browser itself, beside the page: off until somebody wants them. */
export const notices = {
  areThere: () => 'Notification' in window,
  areOn: () => stored.read(KEY) === 'on' && 'Notification' in window && Notification.permission === 'granted',
  /** Whether they are on now: a browser that was told to refuse them stays silent. */
  async turn(on: boolean): Promise<boolean> {
    const may = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    stored.write(KEY, may ? 'on' : '')
    return may
  },
  show(title: string, body: string, tag: string, onClick: () => void) {
    if (!notices.areOn()) return
    const notice = new Notification(title, { body, tag })
    notice.onclick = () => {
      window.focus()
      notice.close()
      onClick()
    }
  },
}
