import { basePath } from './base'
import { ApiProblem, Unreachable } from './errors'
import type { Problem } from './types'

type Headers = Record<string, string>
type Request = {
  json?: unknown
  yaml?: string
  raw?: FormData | Blob
  headers?: Headers
  signal?: AbortSignal
  /** Goes out even if the page is left meanwhile. */
  keepalive?: boolean
}

let csrfToken: string | null = null

/** The session's token, sent with every request that changes something. */
export function rememberCsrfToken(token: string | null) {
  csrfToken = token
}

export async function send(method: string, path: string, request: Request = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...request.headers }
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken
  let body: string | FormData | Blob | undefined
  if (request.raw !== undefined) {
    if (request.raw instanceof Blob) headers['Content-Type'] = 'application/octet-stream'
    body = request.raw
  } else if (request.yaml !== undefined) {
    headers['Content-Type'] = 'application/yaml'
    body = request.yaml
  } else if (request.json !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(request.json)
  }
  let response: Response
  try {
    response = await fetch(basePath + path, {
      method,
      headers,
      body,
      signal: request.signal,
      keepalive: request.keepalive,
    })
  } catch (error) {
    if (request.signal?.aborted) throw error
    throw new Unreachable(error)
  }
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return response
}

async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined
  const isProblem = response.headers.get('Content-Type')?.includes('json')
  const problem = isProblem ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {}
  return {
    type: 'about:blank',
    title: `The server responded with ${response.status}`,
    status: response.status,
    requestId,
    ...problem,
  }
}

async function answer<T>(response: Promise<Response>): Promise<T> {
  const received = await response
  return (received.status === 204 ? undefined : await received.json()) as T
}

export const get = <T>(path: string, signal?: AbortSignal) => answer<T>(send('GET', path, { signal }))
export const post = <T>(path: string, json?: unknown, headers?: Record<string, string>) =>
  answer<T>(send('POST', path, { json, headers }))
export const putYaml = <T>(path: string, yaml: string, more: { signal?: AbortSignal; headers?: Headers } = {}) =>
  answer<T>(send('PUT', path, { yaml, ...more }))
export const put = <T>(path: string, json: unknown, headers?: Headers) =>
  answer<T>(send('PUT', path, { json, headers }))
export const patch = <T>(path: string, json: unknown, headers?: Headers) =>
  answer<T>(send('PATCH', path, { json, headers }))
export const upload = <T>(method: 'POST' | 'PUT', path: string, raw: FormData | Blob) =>
  answer<T>(send(method, path, { raw }))
export const remove = (path: string, headers?: Headers) => answer<void>(send('DELETE', path, { headers }))

/** The change is refused with 412 if somebody else has made one since. */
export const ifStill = (version: string | number): Headers => ({ 'If-Match': `"${version}"` })
/** The same for what must not be there yet. */
export const ifNew: Headers = { 'If-None-Match': '*' }

/** A key for `Idempotency-Key`. randomUUID is missing where the page is served without TLS from another host. */
export function newIdempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
