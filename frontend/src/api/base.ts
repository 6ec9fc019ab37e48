/**
 * The prefix under which the console and the API are served, without a slash at its end: "" or "/wheelhouse". Whoever serves the page
 * writes it there: nginx, or the backend. Without either, as in development, there is none.
 */
export const basePath = prefixOf(
  typeof document === 'undefined' ? null : document.querySelector<HTMLMetaElement>('meta[name="base-path"]'),
)

export function prefixOf(said: { content: string } | null) {
  return said?.content.startsWith('/') ? said.content.replace(/\/+$/, '') : ''
}
