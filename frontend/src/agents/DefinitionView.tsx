import type { Agent } from '#/api/types'
import { Code } from '#/ui/Code'
import { Content } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Tag } from '#/ui/Tag'
import './definition-view.css'

/** What the agent is, for reading. */
export function DefinitionView({ agent }: { agent: Agent }) {
  const { definition, yaml } = agent
  const limits = Object.entries(definition?.limits ?? {})
  return (
    <Content label="Definition">
      <div className="definition">
        {definition?.instructions && (
          <section>
            <h2>Instructions</h2>
            <p className="instructions">{definition.instructions.trim()}</p>
          </section>
        )}
        <Pairs>
          <dt>Model</dt>
          <dd>{definition?.model ?? agent.model}</dd>
          <dt>Tools</dt>
          <dd className="tags">
            {agent.tools.length === 0 && 'none'}
            {agent.tools.map((tool) => (
              <Tag key={tool}>{tool}</Tag>
            ))}
          </dd>
          {limits.length > 0 && (
            <>
              <dt>Limits</dt>
              <dd>{limits.map(([name, limit]) => `${name} ${String(limit)}`).join(' · ')}</dd>
            </>
          )}
          {definition?.http_fetch?.allow && (
            <>
              <dt>Allowed hosts</dt>
              <dd>{definition.http_fetch.allow.join(', ')}</dd>
            </>
          )}
          {agent.revision !== undefined && (
            <>
              <dt>Revision</dt>
              <dd>{agent.revision}</dd>
            </>
          )}
        </Pairs>
        {yaml && (
          <section>
            <h2>YAML</h2>
            <Code text={yaml} label="Definition as YAML" />
          </section>
        )}
      </div>
    </Content>
  )
}
