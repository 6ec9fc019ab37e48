import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { search } from '#/api/collections'
import { inWords } from '#/api/errors'
import type { SearchHit } from '#/api/types'
import { Button } from '#/ui/Button'
import { Problem } from '#/ui/Problem'
import { Tag } from '#/ui/Tag'
import { PageText, type Shown } from './PageText'
import './try-search.css'

/** What agents would find, with the parts of each score. */
export function TrySearch({ collection }: { collection: string }) {
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<Shown>()
  const find = useMutation({ mutationFn: () => search(collection, query.trim()), meta: { shown: true } })
  return (
    <>
      <form
        className="try-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          find.mutate()
        }}
      >
        <input
          className="input"
          aria-label="Try a search"
          value={query}
          placeholder="Try a search: what would agents find?"
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button type="submit" blocked={query.trim() ? false : 'Enter a question'}>
          Search
        </Button>
      </form>
      {find.error && <Problem says={inWords(find.error)} />}
      {find.data?.warnings.map((warning) => (
        <p key={warning} className="small">
          {warning}
        </p>
      ))}
      {find.data?.hits.length === 0 && <p className="small">No passages found</p>}
      {find.data?.hits.map((hit) => (
        <Hit key={hit.passage} hit={hit} onShow={setShown} />
      ))}
      <PageText shown={shown} onClose={() => setShown(undefined)} />
    </>
  )
}

const part = (value: number | null) => (value === null ? '–' : value.toFixed(2))

function Hit({ hit, onShow }: { hit: SearchHit; onShow: (shown: Shown) => void }) {
  return (
    <article className="hit">
      <Button
        kind="bare"
        onClick={() => onShow({ document: hit.document, title: hit.title, page: hit.page, chars: hit.chars })}
      >
        {hit.title}, page {hit.page}
      </Button>{' '}
      <Tag>{hit.score.toFixed(2)}</Tag>{' '}
      <small>
        words {part(hit.parts.lexical)}, meaning {part(hit.parts.cosine)}
        {hit.heading && `, ${hit.heading}`}
      </small>
      <p>{hit.text}</p>
    </article>
  )
}
