/** What this browser keeps: drafts, the theme. Never data of the server. */
export const stored = {
  read(key: string): string {
    try {
      return localStorage.getItem(key) ?? ''
    } catch {
      return ''
    }
  },
  write(key: string, value: string) {
    try {
      if (value) localStorage.setItem(key, value)
      else localStorage.removeItem(key)
    } catch {
      // Storage is full or blocked: the page works, it only forgets.
    }
  },
}
