import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { refreshCollections } from '#/api/collections'
import { inWords } from '#/api/errors'
import { addFile, type Sent } from '#/api/uploads'
import { Problem, type Said } from '#/ui/Problem'
import type { Dropped } from './droppedFiles'

const AT_ONCE = 3

/** Sends files, some at a time. One that fails does not keep the others from going. */
export function useSendFiles(collection: string) {
  const [sent, setSent] = useState<Record<string, Sent>>({})
  const queries = useQueryClient()
  const work = useMutation({
    mutationFn: async (files: Dropped[]) => {
      setSent({})
      const waiting = [...files]
      const failed: Said[] = []
      const next = async () => {
        for (let one = waiting.shift(); one; one = waiting.shift()) {
          const { file, path } = one
          try {
            await addFile(collection, file, path, (now) => setSent((before) => ({ ...before, [path]: now })))
          } catch (error) {
            failed.push({ ...inWords(error), title: `${path} was not sent: ${inWords(error).title}` })
          }
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, next))
      return { count: files.length, failed }
    },
    meta: { shown: true },
    onSettled: () => refreshCollections(queries),
  })
  const all = Object.values(sent)
  const done = all.filter(({ bytes, size }) => bytes >= size).length
  const under = all.filter(({ bytes, size }) => bytes < size && bytes > 0)
  const says: ReactNode = (
    <>
      {work.isPending && (
        <small role="status">
          Sending, {done} of {work.variables?.length} files are there
          {under.map(({ name, bytes, size }) => `, ${name} ${Math.floor((100 * bytes) / size)} %`)}
        </small>
      )}
      {work.data?.failed.map((why) => (
        <Problem key={why.title} says={why} />
      ))}
    </>
  )
  return { send: work.mutate, says }
}
