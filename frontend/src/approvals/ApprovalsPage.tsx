import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { approvalQuery, approvalsQuery, openCountQuery, type ApprovalFilter } from '#/api/approvals'
import { inWords } from '#/api/errors'
import { each } from '#/api/pages'
import { sessionQuery } from '#/api/session'
import type { Approval, Decision } from '#/api/types'
import { Button } from '#/ui/Button'
import { ButtonLink } from '#/ui/ButtonLink'
import { Sheet } from '#/ui/Dialog'
import { shortId } from '#/ui/format'
import { Icon } from '#/ui/Icon'
import { letters } from '#/ui/letters'
import { More } from '#/ui/More'
import { Bones, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { useNarrow } from '#/ui/screen'
import { Beside, Fall, Over, Split } from '#/ui/Split'
import { AnswerSeveral } from './AnswerSeveral'
import { ApprovalCard, type CardDoing } from './ApprovalCard'
import { ApprovalFilters } from './ApprovalFilters'
import { ApprovalList } from './ApprovalList'
import { LastMessages } from './LastMessages'
import { useLater } from './later'
import { nextPlace } from './place'
import type { ApprovalSearch } from './search'
import { useSeveral } from './several'
import { UndoBar } from './UndoBar'
import './approvals-page.css'

/** The next page is read before the last row of this one is decided. */
const FEW_LEFT = 12

/** Everything that waits for a decision, and past decisions. */
export function ApprovalsPage() {
  const search = useSearch({ from: '/shell/approvals' })
  const { state = 'open', run, approval: wanted } = search
  const navigate = useNavigate({ from: '/approvals' })
  const narrow = useNarrow(900)
  const { data: session } = useQuery(sessionQuery)
  const filter = filterOf(search, session?.name)
  const found = useInfiniteQuery({ ...approvalsQuery(filter), refetchInterval: each(5_000) })
  const { data: count } = useQuery(openCountQuery(filter))
  const later = useLater()
  const loaded = found.data?.pages.flatMap((page) => page.data)
  const list = loaded?.filter((one) => !later.isTaken(one.id))
  // A question that was just decided leaves the list, but not from under the eyes of who decided it.
  const asked = useQuery({ ...approvalQuery(wanted ?? ''), enabled: wanted !== undefined })
  const known = wanted === undefined ? undefined : list?.find((one) => one.id === wanted)
  const other = wanted && !later.isTaken(wanted) ? asked.data : undefined
  const chosen = known ?? other ?? (wanted || narrow ? undefined : list?.[0])
  const [doing, setDoing] = useState<CardDoing>('look')
  const pick = (approval?: string) => {
    setDoing('look')
    void navigate({ search: (before) => ({ ...before, approval }), replace: true })
  }
  const several = useSeveral(list ?? [])
  const card = useRef<HTMLDivElement>(null)
  const undo = () => {
    const back = later.undo()
    if (back) pick(back.id)
  }
  /** What comes next stands where the decided one stood; a phone goes back to its list. */
  const decideLater = (approval: Approval, decision: Decision) => {
    const at = list?.findIndex((one) => one.id === approval.id) ?? -1
    const rest = (list ?? []).filter((one) => one.id !== approval.id)
    const next = nextPlace(rest, approval.id, Math.max(0, at), 'j')
    later.decide(approval, decision)
    pick(narrow ? undefined : next?.id)
    if (next) document.querySelector<HTMLElement>(`[data-question="${next.id}"]`)?.focus()
    if (found.hasNextPage && rest.length < FEW_LEFT) void found.fetchNextPage()
  }
  useLetters(list ?? [], chosen, {
    pick,
    press: (letter) => {
      const own = card.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${letter}"]`)
      own?.click()
    },
    tick: several.toggle,
    undo,
  })
  const detail = chosen && (
    <Detail
      key={chosen.id}
      approval={chosen}
      doing={doing}
      onDoing={setDoing}
      onMoved={(next) => pick(next.id)}
      onDecide={(decision) => decideLater(chosen, decision)}
    />
  )
  return (
    <Page
      title="Approvals"
      about="Agents waiting for a decision"
      actions={
        <>
          {run && (
            <Button
              onClick={() => void navigate({ search: (before) => ({ ...before, run: undefined }) })}
              title="Show approvals of all runs"
            >
              Run {shortId(run)}
              <Icon name="close" />
            </Button>
          )}
          <ApprovalFilters search={search} />
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
                <>
                  <p className="small">
                    An agent asks first where its definition says so: <code>{'approvals: [{when: "true"}]'}</code>
                  </p>
                  <ButtonLink to="/approvals" search={{ state: 'any' }}>
                    Past decisions
                  </ButtonLink>
                </>
              ) : (
                <ButtonLink to="/approvals">Show open</ButtonLink>
              )}
            </Empty>
          )}
          {!!list?.length && (
            <>
              {state === 'open' && <AnswerSeveral several={several} of={count?.open} />}
              <ApprovalList list={list} chosen={chosen?.id} onPick={pick} several={several} />
            </>
          )}
          <More of={found} />
          <UndoBar taken={later.taken} next={chosen && nameOf(chosen)} onUndo={undo} />
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

const nameOf = ({ request, agent, tool }: Approval) => request || `${agent}, ${tool ?? 'question'}`

/** What the list is asked for: only open ones expire. */
function filterOf({ state = 'open', run, agent, tool, mine, sort }: ApprovalSearch, me?: string): ApprovalFilter {
  return {
    state: state === 'any' ? undefined : state,
    run,
    agent,
    tool,
    requester: mine ? me : undefined,
    sort: sort === 'expiry' && state === 'open' && !run ? sort : undefined,
  }
}

type DetailProps = {
  approval: Approval
  doing: CardDoing
  onDoing: (doing: CardDoing) => void
  onMoved: (next: Approval) => void
  onDecide: (decision: Decision) => void
}

function Detail({ approval, doing, onDoing, onMoved, onDecide }: DetailProps) {
  return (
    <>
      <LastMessages approval={approval} />
      <ApprovalCard approval={approval} doing={doing} onDoing={onDoing} onDecided={onMoved} onDecide={onDecide} />
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

type Does = {
  pick: (approval: string) => void
  press: (letter: string) => void
  tick: (approval: string) => void
  undo: () => void
}

/** j and k walk the list, x ticks, z takes back, the others are the buttons of the card. */
function useLetters(list: Approval[], chosen: Approval | undefined, does: Does) {
  const last = useRef(0)
  const at = list.findIndex((one) => one.id === chosen?.id)
  useEffect(() => {
    if (at >= 0) last.current = at
  }, [at])
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const letter = letters.of(event)
    if (!letter || event.defaultPrevented || document.querySelector('.veil')) return
    if (letter === 'j' || letter === 'k') {
      const next = nextPlace(list, chosen?.id, last.current, letter)
      if (next) {
        does.pick(next.id)
        document.querySelector<HTMLElement>(`[data-question="${next.id}"]`)?.focus()
      }
    } else if (letter === 'x' && chosen) does.tick(chosen.id)
    else if (letter === 'z') does.undo()
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
