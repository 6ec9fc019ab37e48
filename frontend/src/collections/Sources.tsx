import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { citationsQuery } from '#/api/collections'
import type { Citation } from '#/api/types'
import { Button } from '#/ui/Button'
import { PageText, type Shown } from './PageText'
import './sources.css'

/** What the marks of an answer lead to: the page of a document, with the quote marked. */
export function Sources({ run }: { run: string }) {
  const { data } = useQuery(citationsQuery(run))
  const [shown, setShown] = useState<Shown>()
  if (!data?.data.length) return null
  return (
    <aside className="sources" aria-label="Sources">
      {data.data.map((citation) => (
        <Source key={citation.n} citation={citation} onShow={setShown} />
      ))}
      <PageText shown={shown} onClose={() => setShown(undefined)} />
    </aside>
  )
}

function Source({ citation, onShow }: { citation: Citation; onShow: (shown: Shown) => void }) {
  const { n, document, title, page, quote, gone } = citation
  return (
    <Button
      kind="bare"
      title={quote}
      blocked={gone && 'This document was deleted'}
      onClick={() => onShow({ document, title, page, quote })}
    >
      [{n}] {title}, page {page}
    </Button>
  )
}
