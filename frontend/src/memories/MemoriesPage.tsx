import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { editMemory, forget, forgetAll, memoriesQuery, pauseMemories, refreshMemories } from '#/api/memories'
import type { Memory } from '#/api/types'
import { Button } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Time } from '#/ui/Time'

/** What agents remember of whoever is signed in, or of a user of theirs. */
export function MemoriesPage() {
  const [user, setUser] = useState('')
  const [isRemoving, setRemoving] = useState(false)
  const memories = useQuery(memoriesQuery(user))
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: async (work: () => Promise<unknown>) => work(),
    onSettled: () => refreshMemories(queries),
  })
  const paused = memories.data?.paused ?? false
  const list = memories.data?.data ?? []
  return (
    <Page
      title="Memory"
      actions={
        <>
          <Button onClick={() => change.mutate(() => pauseMemories(user, !paused))}>
            {paused ? 'Resume memory' : 'Pause memory'}
          </Button>
          <Button onClick={() => save(list)} blocked={list.length ? false : 'Nothing to save'}>
            Save as file
          </Button>
          <Button kind="danger" blocked={list.length ? false : 'There is nothing'} onClick={() => setRemoving(true)}>
            Forget everything
          </Button>
        </>
      }
    >
      <Content label="Memory">
        <p>
          <label htmlFor="memory-user">User</label>{' '}
          <input
            id="memory-user"
            className="input"
            value={user}
            placeholder="you"
            onChange={(event) => setUser(event.target.value)}
          />
        </p>
        {memories.error && <Problem says={inWords(memories.error)} />}
        {memories.isPending && <Bones />}
        {memories.data && !list.length && (
          <Empty says={paused ? 'Memory is paused, nothing is saved' : 'No memories yet'} />
        )}
        {!!list.length && (
          <MemoryTable
            memories={list}
            onEdit={(memory, text) => change.mutate(() => editMemory(user, memory, text))}
            onForget={(memory) => change.mutate(() => forget(user, memory))}
          />
        )}
        <Confirm
          open={isRemoving}
          onClose={() => setRemoving(false)}
          title="Forget everything?"
          says="Agents will no longer know any of this. This can't be undone."
          action="Forget everything"
          onYes={() => {
            change.mutate(() => forgetAll(user))
            setRemoving(false)
          }}
        />
      </Content>
    </Page>
  )
}

function save(memories: Memory[]) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(memories, null, 2)], { type: 'application/json' }))
  link.download = 'memory.json'
  link.click()
  URL.revokeObjectURL(link.href)
}

type TableProps = {
  memories: Memory[]
  onEdit: (memory: Memory, text: string) => void
  onForget: (memory: Memory) => void
}

function MemoryTable({ memories, onEdit, onForget }: TableProps) {
  return (
    <Table>
      <thead>
        <tr>
          <th>What</th>
          <th className="wide">Kind</th>
          <th className="wide">From</th>
          <th className="wide">Until</th>
          <th>
            <span className="hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {memories.map((memory) => (
          <tr key={memory.id}>
            <td>
              <input
                className="input"
                aria-label="What is remembered"
                defaultValue={memory.text}
                onBlur={(event) => {
                  const text = event.target.value.trim()
                  if (text && text !== memory.text) onEdit(memory, text)
                }}
              />
            </td>
            <td className="wide quiet">{memory.kind}</td>
            <td className="wide quiet">
              {memory.run ? (
                <Link to="/runs/$run" params={{ run: memory.run }}>
                  a run
                </Link>
              ) : (
                'a person'
              )}
            </td>
            <td className="wide quiet">
              <Time at={memory.expiresAt} />
            </td>
            <td className="numeric">
              <Button
                kind="bare icon"
                aria-label={`Forget "${memory.text}"`}
                title="Forget"
                onClick={() => onForget(memory)}
              >
                <Icon name="trash" />
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
