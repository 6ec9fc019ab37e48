import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askedQuery } from '#/api/approvals'
import { plural } from '#/ui/format'
import type { RunView } from '#/events/view'
import { AnswerSeveral } from './AnswerSeveral'
import { ApprovalCard } from './ApprovalCard'
import { ApprovalList } from './ApprovalList'
import { useSeveral } from './several'
import './asked-many.css'

/** Many questions of one run: a list to decide at once, of which each can be looked at on its own. */
export function AskedMany({ view, many }: { view: RunView; many: number }) {
  const { data } = useQuery(askedQuery(view.id, view.seq))
  const list = data?.data ?? []
  const several = useSeveral(list)
  const [chosen, setChosen] = useState<string>()
  const shown = list.find((one) => one.id === chosen)
  return (
    <section className="asked-many" aria-label={plural(many, 'open approval')}>
      <p>
        <b>
          {view.agent} asks for {plural(many, 'approval')}.
        </b>{' '}
        Nothing of it has run yet.
      </p>
      <AnswerSeveral several={several} of={many} />
      <ApprovalList
        list={list}
        chosen={chosen}
        onPick={(next) => setChosen(next === chosen ? undefined : next)}
        several={several}
        ofOneRun
      />
      {shown && <ApprovalCard key={shown.id} approval={shown} onDecided={(next) => setChosen(next.id)} />}
    </section>
  )
}
