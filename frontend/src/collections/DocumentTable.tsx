import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelDocument, isUnderWay, refreshCollections, removeDocument, retryDocument } from '#/api/collections'
import type { Document } from '#/api/types'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { PageText, type Shown } from './PageText'

type Props = { documents: Document[]; blocked: string | false }

export function DocumentTable({ documents, blocked }: Props) {
  const [shown, setShown] = useState<Shown>()
  return (
    <>
      <Table>
        <thead>
          <tr>
            <th>Document</th>
            <th>State</th>
            <th className="numeric wide">Pages</th>
            <th className="numeric wide">Passages</th>
            <th className="wide">Added</th>
            <th>
              <span className="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <Row key={document.id} document={document} blocked={blocked} onShow={setShown} />
          ))}
        </tbody>
      </Table>
      <PageText shown={shown} onClose={() => setShown(undefined)} />
    </>
  )
}

type RowProps = { document: Document; blocked: string | false; onShow: (shown: Shown) => void }

function Row({ document, blocked, onShow }: RowProps) {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: async (work: (document: Document) => Promise<unknown>) => work(document),
    onSettled: () => refreshCollections(queries),
  })
  const name = document.title || document.name || document.key
  return (
    <tr>
      <td>
        <Button kind="bare" onClick={() => onShow({ document: document.id, title: name, page: 1 })}>
          {name}
        </Button>
        {document.version > 1 && <small> version {document.version}</small>}
      </td>
      <td>
        <State document={document} />
      </td>
      <td className="numeric wide">{document.pages}</td>
      <td className="numeric wide">{document.passages}</td>
      <td className="wide quiet">
        <Time at={document.createdAt} />
      </td>
      <td className="numeric">
        {isUnderWay(document) && (
          <Button blocked={blocked} aria-label={`Cancel ${name}`} onClick={() => change.mutate(cancelDocument)}>
            Cancel
          </Button>
        )}
        {(document.state === 'failed' || document.state === 'cancelled') && (
          <Button blocked={blocked} aria-label={`Retry ${name}`} onClick={() => change.mutate(retryDocument)}>
            Retry
          </Button>
        )}{' '}
        <Button
          kind="bare icon"
          aria-label={`Delete ${name}`}
          title="Delete"
          blocked={blocked}
          onClick={() => change.mutate(removeDocument)}
        >
          <Icon name="trash" />
        </Button>
      </td>
    </tr>
  )
}

const tones = { failed: 'failed', ready: 'sea' } as Record<string, 'failed' | 'sea' | undefined>

function State({ document }: { document: Document }) {
  const { stage, state } = document
  const part = stage.total > 0 ? ` ${stage.done} of ${stage.total}` : ''
  const empty = document.pagesWithoutText.length
  return (
    <>
      <Tag tone={tones[state] ?? 'brass'}>{state === 'running' ? `${stage.name}${part}` : state}</Tag>
      {document.detail && state !== 'ready' && <small> {document.detail}.</small>}
      {document.remedy && <small> {document.remedy}.</small>}
      {state === 'ready' && empty > 0 && <small> {empty} pages have no text</small>}
      {document.warnings.map((warning) => (
        <small key={warning}> {warning.replaceAll('_', ' ')}</small>
      ))}
    </>
  )
}
