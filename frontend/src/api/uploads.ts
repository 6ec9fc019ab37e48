import { get, post, upload } from './client'
import { ApiProblem, Unreachable } from './errors'
import { api } from './paths'
import type { Document, Page } from './types'

const WHOLE = 7 << 20
const PART = 4 << 20
const MOST_TRIES = 8
const SHORTEST_PAUSE = 500

/** How far a file of some has come. */
export type Sent = { name: string; bytes: number; size: number }

/** In one piece where it is small; else in parts, which go on where they broke off, also after a reload. */
export async function addFile(collection: string, file: File, path?: string, onSent: (sent: Sent) => void = () => {}) {
  const key = path || file.webkitRelativePath || file.name
  const tell = (bytes: number) => onSent({ name: key, bytes, size: file.size })
  tell(0)
  if (file.size <= WHOLE) {
    const form = new FormData()
    form.set('file', file)
    form.set('key', key)
    const added = await upload<Document>('POST', api.documents(collection), form)
    tell(file.size)
    return added
  }
  const made = (await begun(collection, key, file.size)) ?? (await announce(collection, key, file))
  await sendParts(made, file, tell)
  return made
}

const announce = (collection: string, key: string, file: File) =>
  post<Document>(api.documents(collection), { key, name: file.name, size: file.size, mediaType: file.type })

/** The same file, where its sending broke off earlier. */
async function begun(collection: string, key: string, size: number) {
  const { data } = await get<Page<Document>>(api.documents(collection, { limit: 200 }))
  return data.find((one) => one.state === 'receiving' && one.key === key && one.size === size)
}

async function sendParts(made: Document, file: File, tell: (bytes: number) => void) {
  let at = made.stage.done
  let tries = 0
  while (at < file.size) {
    try {
      await upload('PUT', api.documentBytes(made.id, { offset: at }), file.slice(at, at + PART))
      at = Math.min(file.size, at + PART)
      tries = 0
    } catch (error) {
      if (++tries > MOST_TRIES || !isPassing(error)) throw error
      await new Promise((done) => setTimeout(done, SHORTEST_PAUSE * 2 ** tries))
      at = await received(made, file.size, at)
    }
    tell(at)
  }
}

/** The server knows how much has come of it; where it cannot say, we go on from where we were. */
async function received(made: Document, size: number, at: number) {
  try {
    const now = await get<Document>(api.document(made.id))
    return now.state === 'receiving' ? now.stage.done : size
  } catch (error) {
    if (isPassing(error)) return at
    throw error
  }
}

const isPassing = (error: unknown) =>
  error instanceof Unreachable || (error instanceof ApiProblem && [409, 429, 502, 503, 504].includes(error.status))
