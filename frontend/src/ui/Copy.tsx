import { useEffect, useState } from 'react'
import { Button } from './Button'
import { writeClipboard } from './clipboard'
import { Icon } from './Icon'

/** Copies `text` and says so for a moment. */
export function Copy({
  text,
  label,
  className,
  words = false,
}: {
  text: string
  label: string
  className?: string
  words?: boolean
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      kind={words ? 'bare' : 'bare icon'}
      className={className}
      title={label}
      aria-label={label}
      onClick={() => void writeClipboard(text).then(() => setCopied(true))}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {words && (copied ? 'Copied' : 'Copy')}
      <span className="hidden" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  )
}
