import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { feedbackQuery, rateRun, refreshFeedback, unrateRun } from '#/api/feedback'
import { denied, sessionQuery } from '#/api/session'
import type { Rating as Word } from '#/api/types'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import './rating.css'

type Props = { run: string; thread: string }

/** What a person says of an answer: kept with the run, and found again in the list of runs. */
export function Rating({ run, thread }: Props) {
  const queries = useQueryClient()
  const { data: session } = useQuery(sessionQuery)
  const { data } = useQuery(feedbackQuery(thread))
  const me = session?.authMode === 'none' ? 'everybody' : session?.name
  const own = data?.data.find((one) => one.run === run && one.author === me)
  const [commenting, setCommenting] = useState(false)
  const rate = useMutation({
    mutationFn: async ({ rating, comment }: { rating: Word | null; comment: string }) => {
      if (rating) await rateRun(run, rating, comment)
      else await unrateRun(run)
    },
    onSuccess: () => refreshFeedback(queries, thread),
  })
  const blocked = denied(session, 'run')
  const press = (rating: Word) => {
    const isOff = own?.rating === rating
    rate.mutate({ rating: isOff ? null : rating, comment: isOff ? '' : (own?.comment ?? '') })
    setCommenting(!isOff)
  }
  return (
    <>
      {(['up', 'down'] as const).map((word) => (
        <Button
          key={word}
          kind="bare icon"
          aria-pressed={own?.rating === word}
          aria-label={word === 'up' ? 'Good answer' : 'Bad answer'}
          title={own?.rating === word && own.comment ? own.comment : word === 'up' ? 'Good answer' : 'Bad answer'}
          blocked={blocked}
          disabled={rate.isPending}
          onClick={() => press(word)}
        >
          <Icon name={word === 'up' ? 'thumbUp' : 'thumbDown'} />
        </Button>
      ))}
      {commenting && own && (
        <Comment
          comment={own.comment}
          onSave={(comment) => {
            rate.mutate({ rating: own.rating, comment })
            setCommenting(false)
          }}
          onClose={() => setCommenting(false)}
        />
      )}
    </>
  )
}

type CommentProps = { comment: string; onSave: (comment: string) => void; onClose: () => void }

function Comment({ comment, onSave, onClose }: CommentProps) {
  const id = useId()
  const [words, setWords] = useState(comment)
  return (
    <form
      className="comment"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(words)
      }}
    >
      <label htmlFor={id} className="small">
        What was good or bad about it? (optional)
      </label>
      <textarea
        id={id}
        className="input"
        rows={2}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="buttons">
        <Button type="submit">Save comment</Button>
        <Button kind="bare" onClick={onClose}>
          Skip
        </Button>
      </div>
    </form>
  )
}
