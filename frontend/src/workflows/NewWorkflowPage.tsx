import { Link } from '@tanstack/react-router'
import { NewDefinition } from '#/definitions/NewDefinition'
import { WorkflowEditor } from './WorkflowEditor'

const template = (name: string) => `kind: workflow
name: ${name}
description: What this workflow is for, in one line
start: ask
states:
  ask: {agent: assistant, input: "\${input.message}", next: done}
  done: {succeed: {output: "\${states.ask.output}"}}
`

export function NewWorkflowPage() {
  return (
    <NewDefinition
      title="New workflow"
      crumb={<Link to="/workflows">Workflows</Link>}
      suggested="my-workflow"
      renderEditor={(name, denied) => (
        <WorkflowEditor name={name} start={template(name)} asStates={null} denied={denied} />
      )}
    />
  )
}
