import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addCollection, collectionsQuery, refreshCollections } from '#/api/collections'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Collection } from '#/api/types'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Field } from '#/ui/Field'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'

/** What agents look up. */
export function CollectionsPage() {
  const collections = useQuery(collectionsQuery)
  const { data: session } = useQuery(sessionQuery)
  const [isMaking, setMaking] = useState(false)
  const blocked = denied(session, 'build')
  const create = (
    <Button kind="go" onClick={() => setMaking(true)} blocked={blocked}>
      <Icon name="plus" />
      New collection
    </Button>
  )
  const empty = collections.data?.data.length === 0
  return (
    <Page title="Collections" actions={create}>
      <Content label="Collections">
        {collections.error && <Problem says={inWords(collections.error)} />}
        {collections.isPending && <Bones />}
        {empty && <Empty says="No collections yet. Create one, add documents, and name it in an agent's definition." />}
        {!!collections.data?.data.length && <CollectionTable collections={collections.data.data} />}
        <Dialog open={isMaking} onClose={() => setMaking(false)} title="New collection">
          <CollectionForm onClose={() => setMaking(false)} />
        </Dialog>
      </Content>
    </Page>
  )
}

function CollectionTable({ collections }: { collections: Collection[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <th>Name</th>
          <th className="wide">Description</th>
          <th className="numeric">Documents</th>
          <th className="numeric wide">Passages</th>
          <th className="wide">Found by</th>
        </tr>
      </thead>
      <tbody>
        {collections.map((collection) => (
          <tr key={collection.id}>
            <td>
              <Link to="/collections/$id" params={{ id: collection.id }}>
                {collection.name}
              </Link>{' '}
              {collection.unfinished > 0 && <Tag tone="brass">{collection.unfinished} being read</Tag>}{' '}
              {collection.failed > 0 && <Tag tone="failed">{collection.failed} failed</Tag>}
            </td>
            <td className="wide quiet">{collection.description}</td>
            <td className="numeric">{collection.documents}</td>
            <td className="numeric wide">{collection.passages}</td>
            <td className="wide quiet">{collection.model ? 'words and meaning' : 'words'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function CollectionForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: () => addCollection(name.trim(), description),
    meta: { shown: true },
    onSuccess: onClose,
    onSettled: () => refreshCollections(queries),
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      {add.error && <Problem says={inWords(add.error)} />}
      <Field>
        <label htmlFor="collection-name">Name</label>
        <input
          id="collection-name"
          className="input mono"
          value={name}
          placeholder="handbook"
          onChange={(event) => setName(event.target.value)}
        />
        <small>Agents name it: knowledge: [{name || 'handbook'}]</small>
      </Field>
      <Field>
        <label htmlFor="collection-description">Description</label>
        <input
          id="collection-description"
          className="input"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <Button kind="go" type="submit" blocked={name.trim() ? false : 'Enter a name'}>
        Make collection
      </Button>
    </form>
  )
}
