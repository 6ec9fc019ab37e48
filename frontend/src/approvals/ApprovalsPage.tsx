import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { approvalQuery, approvalsQuery } from '#/api/approvals'
import { inWords } from '#/api/errors'
import type { Approval } from '#/api/types'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Sheet } from '#/ui/Dialog'
import { shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { letters } from '#/ui/letters'
import { More } from '#/ui/More'
import { Bones, Empty, Page } from '#/ui/Page'
import { Picker, type Choice } from '#/ui/Picker'
import { Problem } from '#/ui/Problem'
import { useNarrow } from '#/ui/screen'
import { Beside, Fall, Over, Split } from '#/ui/Split'
import { AnswerSeveral } from './AnswerSeveral'
import { ApprovalCard, type CardDoing } from './ApprovalCard'
import { ApprovalList } from './ApprovalList'
import type { ShownState } from './search'
import { useSeveral } from './several'
import './approvals-page.css'

const states: Choice<ShownState>[] = [
  { value: 'open', label: 'Open' },
  { value: 'approved', label: 'Approved' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'expired', label: 'Expired' },
  { value: 'edited', label: 'Edited' },
  { value: 'withdrawn', label: 'Run ended first' },
  { value: 'any', label: 'Any state' },
]

/** Everything that waits for a decision, and past decisions. */
export function ApprovalsPage() {
  const { state = 'open', run, approval: wanted } = useSearch({ from: '/shell/approvals' })
  const navigate = useNavigate({ from: '/approvals' })
  const narrow = useNarrow(900)
  const found = useInfiniteQuery({
    ...approvalsQuery({ state: state === 'any' ? undefined : state, run }),
    refetchInterval: 5_000,
  })
  const list = found.data?.pages.flatMap((page) => page.data)
  // A question that was just decided leaves the list, but not from under the eyes of who decided it.
  const asked = useQuery({ ...approvalQuery(wanted ?? ''), enabled: wanted !== undefined })
  const known = wanted === undefined ? undefined : list?.find((one) => one.id === wanted)
  const chosen = known ?? (wanted ? asked.data : narrow ? undefined : list?.[0])
  const [doing, setDoing] = useState<CardDoing>('look')
  const pick = (approval?: string) => {
    setDoing('look')
    void navigate({ search: (search) => ({ ...search, approval }), replace: true })
  }
  const several = useSeveral(list ?? [])
  const card = useRef<HTMLDivElement>(null)
  useLetters(list ?? [], chosen, {
    pick,
    press: (letter) => {
      const own = card.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${letter}"]`)
      own?.click()
    },
    tick: several.toggle,
  })
  const detail = chosen && (
    <Detail key={chosen.id} approval={chosen} doing={doing} onDoing={setDoing} onMoved={(next) => pick(next.id)} />
  )
  return (
    <Page
      title="Approvals"
      about="Agents waiting for a decision"
      actions={
        <>
          {run && (
            <Button
              onClick={() => void navigate({ search: (search) => ({ ...search, run: undefined }) })}
              title="Show approvals of all runs"
            >
              Run {shortId(run)}
              <Icon name="close" />
            </Button>
          )}
          <Picker<ShownState>
            label="State"
            value={state}
            choices={states}
            onPick={(next) => void navigate({ search: { state: next === 'open' ? undefined : next, run } })}
          />
        </>
      }
    >
      <Split one={narrow} className="approvals-split">
        <Fall label="Approvals">
          {found.error && <Problem says={inWords(found.error)} />}
          {found.isPending && <Bones />}
          {list?.length === 0 && (
            <Empty says={state === 'open' ? 'Nothing to approve' : 'None with this status'}>
              {state === 'open' ? (
                <ButtonLink to="/approvals" search={{ state: 'any' }}>
                  Past decisions
                </ButtonLink>
              ) : (
                <ButtonLink to="/approvals">Show open</ButtonLink>
              )}
            </Empty>
          )}
          {!!list?.length && (
            <>
              {state === 'open' && <AnswerSeveral several={several} />}
              <ApprovalList list={list} chosen={chosen?.id} onPick={pick} several={several} />
            </>
          )}
          <More of={found} />
        </Fall>
        {!narrow && (
          <Beside label="Approval" ref={card}>
            {detail}
          </Beside>
        )}
      </Split>
      {narrow && (
        <Sheet open={chosen !== undefined} onClose={() => pick(undefined)} title="Approval" from="bottom">
          <Over ref={card}>{detail}</Over>
        </Sheet>
      )}
    </Page>
  )
}

type DetailProps = {
  approval: Approval
  doing: CardDoing
  onDoing: (doing: CardDoing) => void
  onMoved: (next: Approval) => void
}

function Detail({ approval, doing, onDoing, onMoved }: DetailProps) {
  return (
    <>
      <ApprovalCard approval={approval} doing={doing} onDoing={onDoing} onDecided={onMoved} />
      <p className="row links">
        <ButtonLink to="/runs/$run" params={{ run: approval.run }} search={{ step: approval.step }}>
          Run, step {approval.step}
        </ButtonLink>
        <ButtonLink to="/threads/$thread" params={{ thread: approval.thread }}>
          Thread
        </ButtonLink>
      </p>
    </>
  )
}

type Does = { pick: (approval: string) => void; press: (letter: string) => void; tick: (approval: string) => void }

/** j and k walk the list, x ticks, the others are the buttons of the card. */
function useLetters(list: Approval[], chosen: Approval | undefined, does: Does) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const letter = letters.of(event)
    if (!letter || event.defaultPrevented || document.querySelector('.veil')) return
    if (letter === 'j' || letter === 'k') {
      const at = list.findIndex((one) => one.id === chosen?.id)
      const next = list[Math.max(0, Math.min(list.length - 1, at + (letter === 'j' ? 1 : -1)))]
      if (next) {
        does.pick(next.id)
        document.querySelector<HTMLElement>(`[data-question="${next.id}"]`)?.focus()
      }
    } else if (letter === 'x' && chosen) does.tick(chosen.id)
    else if ('aer'.includes(letter)) does.press(letter)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
