import { useMutation } from '@tanstack/react-query'
import { inWords } from '#/api/errors'
import { testModel } from '#/api/models'
import type { Trial } from '#/api/types'
import { Button } from '#/ui/Button'
import { count, duration } from '#/ui/format'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Learnt } from './Learnt'

const asks = { text: 'A word', tool: 'A tool call', schema: 'JSON by a schema' } as const

/** Asks the model for three small things and shows what came back. */
export function TestModel({ alias }: { alias: string }) {
  const test = useMutation({ mutationFn: () => testModel(alias) })
  return (
    <div className="test">
      <Button onClick={() => test.mutate()} disabled={test.isPending} aria-label={`Test ${alias}`}>
        {test.isPending ? 'Testing' : 'Test'}
      </Button>
      {test.error && <Problem says={inWords(test.error)} />}
      <div aria-live="polite">
        {test.data && <Trials trials={test.data.trials} />}
        {test.data?.targets.map((target) => (
          <p key={`${target.provider}/${target.name}`}>
            <Learnt target={target} />
          </p>
        ))}
      </div>
    </div>
  )
}

function Trials({ trials }: { trials: Trial[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <th>Asked for</th>
          <th>Result</th>
          <th>What came back</th>
          <th className="numeric wide">Tokens</th>
          <th className="numeric wide">Duration</th>
        </tr>
      </thead>
      <tbody>
        {trials.map((trial) => (
          <tr key={trial.question}>
            <td>{asks[trial.question]}</td>
            <td>{trial.passed ? <Tag tone="sea">passed</Tag> : <Tag tone="failed">failed</Tag>}</td>
            <td className="said">{saidBy(trial)}</td>
            <td className="numeric wide quiet">{count(trial.inputTokens + trial.outputTokens)}</td>
            <td className="numeric wide quiet">{duration(trial.durationMs)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function saidBy({ error, text, toolCalls }: Trial) {
  if (error) return [error.message, error.hint].filter(Boolean).join('. ')
  const calls = toolCalls.map((call) => `${call.name} ${call.arguments}`)
  return [text, ...calls].filter(Boolean).join(' ')
}
