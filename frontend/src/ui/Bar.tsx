import './bar.css'

type Props = { label: string; says: string; used: number; reserved?: number; thin?: boolean }

/** How much of a cap is used, in percent; from 80 it warns, at 100 nothing is left. The text beside it says the same. */
export function Bar({ label, says, used, reserved = 0, thin = false }: Props) {
  const level = used + reserved >= 100 ? 'full' : used + reserved >= 80 ? 'near' : ''
  return (
    <div
      className={`meter ${level} ${thin ? 'thin' : ''}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(100, used + reserved))}
      aria-valuetext={says}
    >
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="used" x="0" width={Math.min(100, used)} height="4" />
        <rect
          className="reserved"
          x={Math.min(100, used)}
          width={Math.min(100 - Math.min(100, used), reserved)}
          height="4"
        />
      </svg>
    </div>
  )
}
