import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { collectionQuery, documentsQuery, refreshCollections, removeCollection } from '#/api/collections'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { Collection } from '#/api/types'
import { Button, buttonClass } from '#/ui/Button'
import { Confirm } from '#/ui/Dialog'
import { Icon } from '#/ui/Icon'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { AddDocuments } from './AddDocuments'
import { ChooseModel } from './ChooseModel'
import { DocumentTable } from './DocumentTable'
import { TrySearch } from './TrySearch'

/** One collection: what is in it, how far each document is, and what a search finds. */
export function CollectionPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const collection = useQuery(collectionQuery(id))
  const documents = useQuery(documentsQuery(id))
  const { data: session } = useQuery(sessionQuery)
  const [isRemoving, setRemoving] = useState(false)
  const blocked = denied(session, 'build')
  const name = collection.data?.name ?? 'Collection'
  return (
    <Page
      title={name}
      crumb={<Link to="/collections">Collections</Link>}
      about={collection.data && about(collection.data)}
      actions={
        <>
          <Link className={buttonClass()} to="/collections/$id/grade" params={{ id }}>
            Search quality
          </Link>
          <Button kind="danger" blocked={blocked} onClick={() => setRemoving(true)}>
            <Icon name="trash" />
            Delete
          </Button>
        </>
      }
    >
      <Content label={name}>
        {(collection.error ?? documents.error) && <Problem says={inWords(collection.error ?? documents.error)} />}
        <TrySearch collection={id} />
        {collection.data && <ChooseModel collection={collection.data} blocked={blocked} />}
        <AddDocuments collection={id} blocked={blocked} />
        {documents.isPending && <Bones />}
        {documents.data?.data.length === 0 && <Empty says="No documents yet." />}
        {!!documents.data?.data.length && <DocumentTable documents={documents.data.data} blocked={blocked} />}
        {collection.data && (
          <Remove collection={collection.data} open={isRemoving} onClose={() => setRemoving(false)} />
        )}
      </Content>
    </Page>
  )
}

function about({ passages, model, building }: Collection) {
  const next = building === null ? '' : `, soon ${building || 'words only'}`
  return `${passages} passages, ${model || 'words only'}${next}`
}

type RemoveProps = { collection: Parameters<typeof removeCollection>[0]; open: boolean; onClose: () => void }

function Remove({ collection, open, onClose }: RemoveProps) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const gone = useMutation({
    mutationFn: removeCollection,
    onSuccess: () => void navigate({ to: '/collections' }),
    onSettled: () => refreshCollections(queries),
  })
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delete "${collection.name}"?`}
      says="All its documents are deleted. Agents that use it will find nothing. This can't be undone."
      action="Delete collection"
      onYes={() => {
        gone.mutate(collection)
        onClose()
      }}
    />
  )
}
