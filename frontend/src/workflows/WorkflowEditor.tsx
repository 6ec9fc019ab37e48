import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { ProblemError } from '#/api/types'
import { checkWorkflow, newestWorkflow, refreshWorkflow, saveWorkflow } from '#/api/workflows'
import { DefinitionField } from '#/definitions/DefinitionField'
import { EditorFrame } from '#/definitions/EditorFrame'
import { SaveRevision } from '#/definitions/SaveRevision'
import { useEditing } from '#/definitions/editing'
import { Graph } from '#/graph/Graph'
import { allStates, readMachine, stateAtLine, stateOfPath, type Machine } from '#/graph/model'
import { Button } from '#/ui/Button'
import type { CodeCursor } from '#/ui/code'
import { useNarrow } from '#/ui/screen'
import { toasts } from '#/ui/toasts'
import { AddState } from './AddState'
import { connect } from './edit'
import { StateForm } from './StateForm'
import { proposalsOf, useNames } from './values'
import './workflow-editor.css'

type Props = {
  name: string
  start: string
  asStates: string | null
  /** The version when editing began; a new workflow has none. */
  from?: string | undefined
  denied: string | false
}

/** The graph and the text of a workflow, side by side and in step. */
export function WorkflowEditor({ name, start, asStates, from, denied }: Props) {
  const [chosen, setChosen] = useState<string>()
  const cursor = useRef<CodeCursor>(null)
  const narrow = useNarrow(900)
  const names = useNames()
  const values = useMemo(() => proposalsOf(names), [names])
  const queries = useQueryClient()
  const navigate = useNavigate()
  const editing = useEditing({
    name,
    keptAs: `workflow ${name}`,
    start,
    from,
    check: checkWorkflow,
    save: (yaml, version, publish: boolean) => saveWorkflow(name, yaml, publish, version),
    onSaved: async (workflow, publish) => {
      toasts.done(publish ? `Revision ${workflow.latest} published` : `Draft ${workflow.latest} saved`)
      await refreshWorkflow(queries, name)
      void navigate({ to: '/workflows/$name', params: { name }, search: publish ? {} : { show: 'history' } })
    },
    newest: () => newestWorkflow(queries, name),
  })
  const { text: yaml, write, checked } = editing
  const statesOfCrew = checked.found ? checked.found.asStates : asStates
  const isCrew = /^crew:/m.test(yaml)
  const machine = useMachine(isCrew ? (statesOfCrew ?? '') : yaml)
  const state = allStates(machine).find(({ id }) => id === chosen)
  const wrong = useMemo(() => countWrong(machine, checked.errors), [machine, checked.errors])
  const pick = (id: string) => {
    setChosen(id)
    const line = allStates(machine).find((one) => one.id === id)?.line
    if (line && !isCrew) cursor.current?.goTo({ line }, false)
  }
  const join = (source: string, target: string) => {
    const all = allStates(machine)
    const [one, other] = [all.find(({ id }) => id === source), all.find(({ id }) => id === target)]
    if (one && other) write(connect(yaml, one, other))
  }
  return (
    <EditorFrame
      of={editing}
      className="workflow-editor"
      buttons={<SaveRevision blocked={denied || (editing.wrong && 'Fix the problems first')} saving={editing.saving} />}
    >
      <div className="sides">
        <div className="drawn">
          <div className="bar">
            {isCrew ? (
              <>
                <span className="small grow">The states of this crew. Its members and tasks are edited as text.</span>
                <Button blocked={!statesOfCrew && 'Fix the problems first'} onClick={() => write(statesOfCrew ?? yaml)}>
                  Turn into states
                </Button>
              </>
            ) : (
              <AddState
                yaml={yaml}
                machine={machine}
                after={state}
                onAdd={(text, id) => {
                  write(text)
                  setChosen(id)
                }}
              />
            )}
          </div>
          <Graph
            label="States of the workflow"
            machine={machine}
            narrow={narrow}
            chosen={chosen}
            onPick={pick}
            onConnect={isCrew ? undefined : join}
            wrong={wrong}
          />
          {state && !isCrew && (
            <StateForm
              key={state.id}
              yaml={yaml}
              machine={machine}
              state={state}
              names={names}
              errors={checked.errors.filter((error) => stateOfPath(machine, error.path ?? '')?.id === state.id)}
              onChange={(text, id) => {
                write(text)
                if (id) setChosen(id)
              }}
            />
          )}
        </div>
        <DefinitionField
          kind="WorkflowDefinition"
          values={values}
          value={yaml}
          onChange={write}
          errors={checked.errors}
          cursor={cursor}
          onLine={(line) => !isCrew && setChosen(stateAtLine(machine, line)?.id)}
        />
      </div>
    </EditorFrame>
  )
}

const nothing: Machine = { start: '', states: [], leads: [] }

/** While a text is being typed that is no YAML, the drawing stays as it was. */
function useMachine(yaml: string): Machine {
  const read = useMemo(() => readMachine(yaml), [yaml])
  const [last, setLast] = useState(read ?? nothing)
  if (read && read !== last) setLast(read)
  return read ?? last
}

function countWrong(machine: Machine, errors: ProblemError[]): Map<string, number> {
  const count = new Map<string, number>()
  for (const error of errors) {
    const id = stateOfPath(machine, error.path ?? '')?.id
    if (id) count.set(id, (count.get(id) ?? 0) + 1)
  }
  return count
}
