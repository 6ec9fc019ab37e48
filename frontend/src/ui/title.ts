let name = ''
let count = 0

const write = () => {
  document.title = `${count > 0 ? `(${count}) ` : ''}${name ? `${name} · Wheelhouse` : 'Wheelhouse'}`
}

/** The window's title: what the page is called, and how much waits for whoever looks at it. */
export const title = {
  name: () => name,
  setName(next: string) {
    name = next
    write()
  },
  setCount(next: number) {
    count = next
    write()
  },
}
