import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { approvalQuery, askedQuery } from '#/api/approvals'
import { inWords } from '#/api/errors'
import type { Step } from '#/api/types'
import { questionOf } from '#/events/asks'
import { StateMark } from '#/events/StateMark'
import type { RunView } from '#/events/view'
import { Note } from '#/ui/Note'
import { Problem } from '#/ui/Problem'
import { ApprovalCard } from './ApprovalCard'

/** What a step of a run asks now. The log says that it asks and when it is over; the approval says the rest. */
export function Asked({ step, view }: { step: Step; view: RunView }) {
  // Edited arguments are a new question; the log tells of it a moment later.
  const [newer, setNewer] = useState<{ of: string; id: string }>()
  const asked = questionOf(step)?.approval
  const id = newer && newer.of === asked ? newer.id : asked
  const byId = useQuery({ ...approvalQuery(id ?? ''), enabled: id !== undefined })
  const ofRun = useQuery({ ...askedQuery(view.id, view.seq), enabled: id === undefined })
  const approval = id === undefined ? ofRun.data?.data.find((one) => one.step === step.number) : byId.data
  const error = byId.error ?? ofRun.error
  if (approval) {
    return (
      <ApprovalCard
        key={approval.id}
        approval={approval}
        onDecided={(next) => asked && next.id !== approval.id && setNewer({ of: asked, id: next.id })}
      />
    )
  }
  if (error) return <Problem says={inWords(error)} />
  return (
    <Note>
      <StateMark state="asking" />
      {step.name}
    </Note>
  )
}
