import { readFileSync } from 'node:fs'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The description of the API, from its one place: what the backend serves and the manual quotes. */
export const readDescription = () => JSON.parse(read('../../docs/openapi.json')) as { paths: Record<string, unknown> }

/** How addresses begin that the backend answers: /api, /v1, /ready … All others are the console's. */
export const servedPaths = () => {
  const first = Object.keys(readDescription().paths).map((path) => `/${path.split('/')[1]}`)
  return [...new Set(first)].filter((path) => path !== '/').toSorted()
}

/** The policy that nginx sends with every page. */
export const contentPolicy = () => {
  const policy = /Content-Security-Policy "([^"]*)"/.exec(read('../nginx/headers.conf'))?.[1]
  if (!policy) throw new Error('nginx/headers.conf has no Content-Security-Policy')
  return policy
}
