import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addFile } from './uploads'

const MB = 1 << 20

/** Stands in for the server: takes parts where the last one ended, and fails when it is told to. */
function fakeServer({ failing = 0, received = 0 } = {}) {
  const calls: string[] = []
  let here = received
  let left = failing
  const document = () => ({ id: 'd', key: 'big.bin', size: 10 * MB, state: 'receiving', stage: { done: here } })
  const json = (body: unknown, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: Blob }) => {
    calls.push(`${method} ${path}`)
    if (method === 'PUT' && left-- > 0) throw new TypeError('network')
    if (method === 'PUT') {
      here += (body as Blob).size
      return json({ received: here })
    }
    if (path.includes('/documents?')) return json({ data: received ? [document()] : [] })
    return json(document(), method === 'POST' ? 201 : 200)
  })
  return { calls, here: () => here }
}

const big = () => new File([new Uint8Array(10 * MB)], 'big.bin')

// Nobody waits for a pause.
beforeEach(() => vi.stubGlobal('setTimeout', (work: () => void) => queueMicrotask(work)))

afterEach(() => vi.unstubAllGlobals())

test('a small file goes in one piece', async () => {
  const server = fakeServer()
  await addFile('c', new File(['x'], 'small.txt'))
  expect(server.calls).toEqual(['POST /api/v1/collections/c/documents'])
})

test('a large file goes in parts and says how far it is', async () => {
  const server = fakeServer()
  const told: number[] = []
  await addFile('c', big(), undefined, ({ bytes }) => told.push(bytes))
  expect(server.here()).toBe(10 * MB)
  expect(told).toEqual([0, 4 * MB, 8 * MB, 10 * MB])
})

test('parts that do not arrive are sent again from where the server is', async () => {
  const server = fakeServer({ failing: 3 })
  await addFile('c', big())
  expect(server.here()).toBe(10 * MB)
})

test('a file whose sending broke off goes on after a reload', async () => {
  const server = fakeServer({ received: 8 * MB })
  await addFile('c', big())
  expect(server.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1)
  expect(server.calls.some((call) => call.startsWith('POST'))).toBe(false)
})
