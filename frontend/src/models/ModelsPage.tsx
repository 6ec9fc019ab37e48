import { useQuery } from '@tanstack/react-query'
import { UsedBy } from '#/agents/UsedBy'
import { inWords } from '#/api/errors'
import { modelsQuery } from '#/api/models'
import type { Target } from '#/api/types'
import { price } from '#/ui/format'
import { Bones, Content, Empty, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { Learnt } from './Learnt'
import { TestModel } from './TestModel'
import './models-page.css'

export function ModelsPage() {
  const models = useQuery(modelsQuery)
  return (
    <Page title="Models" about="Targets of an alias are tried in order">
      <Content label="Models">
        {models.error && <Problem says={inWords(models.error)} />}
        {models.isPending && <Bones />}
        {models.data?.data.length === 0 && <Empty says="No models configured" />}
        {models.data?.data.map((model) => (
          <section key={model.alias} className="model">
            <h2>
              {model.alias} {model.demo && <Tag tone="brass">DEMO</Tag>}
            </h2>
            {model.demo && (
              <p className="small">
                Built-in demo model. Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, MISTRAL_API_KEY, or
                MODEL_URL and MODEL_NAME and restart for a real one.
              </p>
            )}
            <Targets targets={model.targets} />
            <UsedBy uses={(agent) => agent.model === model.alias} />
            <TestModel alias={model.alias} />
          </section>
        ))}
      </Content>
    </Page>
  )
}

function Targets({ targets }: { targets: Target[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <th>Target</th>
          <th>State</th>
          <th className="numeric wide">Input</th>
          <th className="numeric wide">Cached input</th>
          <th className="numeric wide">Output</th>
          <th className="wide">Price list</th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target) => (
          <tr key={`${target.provider}/${target.name}/${target.url}`}>
            <td className="target">
              {target.provider}/{target.name}
              {target.url && <small className="mono">{target.url}</small>}
              <small className="prices">{pricesOf(target)}</small>
              <Learnt target={target} />
            </td>
            <td>
              {target.state === 'ready' ? <span className="quiet">ready</span> : <Tag tone="brass">cooling down</Tag>}
            </td>
            <Price amount={target.prices?.input} />
            <Price amount={target.prices?.cachedInput} />
            <Price amount={target.prices?.output} />
            <td className="wide quiet">{target.prices?.version ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Price({ amount }: { amount?: number }) {
  return <td className="numeric wide quiet">{perMillion(amount)}</td>
}

/** Where there is no room for columns of their own. */
const pricesOf = ({ prices }: Target) => `${perMillion(prices?.input)} in, ${perMillion(prices?.output)} out`

/** Micro-units per million tokens. A price that is not known is unknown, never zero. */
const perMillion = (amount?: number) =>
  amount === undefined ? 'unknown' : `${price({ microUnits: amount, currency: 'USD' })} / M`
