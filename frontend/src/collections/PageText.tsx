import { useQuery } from '@tanstack/react-query'
import { pageQuery } from '#/api/collections'
import { inWords } from '#/api/errors'
import { Button } from '#/ui/Button'
import { Dialog } from '#/ui/Dialog'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import './page-text.css'

/** A page of a document, and what is marked on it. */
export type Shown = { document: string; title: string; page: number; chars?: number[]; quote?: string }

export function PageText({ shown, onClose }: { shown?: Shown; onClose: () => void }) {
  return (
    <Dialog open={shown !== undefined} onClose={onClose} title={shown ? `${shown.title}, page ${shown.page}` : ''}>
      {shown && <Text shown={shown} />}
      <div className="buttons">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

function Text({ shown }: { shown: Shown }) {
  const page = useQuery(pageQuery(shown.document, shown.page))
  if (page.error) return <Problem says={inWords(page.error)} />
  if (!page.data) return <Bones />
  const { text } = page.data
  const at = shown.quote ? text.indexOf(shown.quote) : -1
  const [from = 0, to = 0] = shown.quote && at >= 0 ? [at, at + shown.quote.length] : (shown.chars ?? [])
  return (
    <div className="page-text" tabIndex={0}>
      {text.slice(0, from)}
      {to > from && <mark>{text.slice(from, to)}</mark>}
      {text.slice(to)}
    </div>
  )
}
