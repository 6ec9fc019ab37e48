import { useState, type KeyboardEvent } from 'react'
import { Button } from '#/ui/Button'
import './edit-message.css'

type Props = { text: string; busy: boolean; onSend: (text: string) => void; onClose: () => void }

/** Other words in place of what was said. */
export function EditMessage({ text, busy, onSend, onClose }: Props) {
  const [words, setWords] = useState(text)
  const isSame = words.trim() === text.trim()
  const send = () => words.trim() && !isSame && !busy && onSend(words.trim())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onClose()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="edit-message"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        className="input"
        aria-label="Edit message"
        rows={3}
        value={words}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever presses Edit wants to write
        autoFocus
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="go"
          type="submit"
          disabled={busy}
          blocked={!words.trim() ? 'Enter a message' : isSame && 'No changes'}
        >
          {busy ? 'Sending…' : 'Send'}
        </Button>
      </div>
    </form>
  )
}
