import { Link } from '@tanstack/react-router'
import { basePath } from '#/api/base'
import type { Trigger } from '#/api/types'
import { Code } from '#/ui/Code'
import { Content } from '#/ui/Page'
import { Pairs } from '#/ui/Pairs'
import { Tag } from '#/ui/Tag'
import { Time } from '#/ui/Time'
import { curlFor } from './curl'
import { hookIn } from './definition'
import { Firings } from './Firings'
import { sources, inZone, verifications } from './words'
import './trigger-view.css'

/** What fires a trigger and what it starts, when next, and what it has started. */
export function TriggerView({ trigger }: { trigger: Trigger }) {
  return (
    <Content label="Trigger">
      <div className="trigger-view">
        <Facts trigger={trigger} />
        {trigger.source === 'schedule' && <NextTimes trigger={trigger} />}
        {trigger.path && <Address trigger={trigger} path={trigger.path} />}
        <section aria-label="Last firings">
          <h2>Last firings</h2>
          <Firings name={trigger.name} timeZone={trigger.timeZone} />
        </section>
      </div>
    </Content>
  )
}

function Facts({ trigger }: { trigger: Trigger }) {
  return (
    <Pairs>
      <dt>State</dt>
      <dd>{trigger.enabled ? <Tag tone="sea">on</Tag> : <Tag>off</Tag>}</dd>
      <dt>Fires</dt>
      <dd>
        {sources[trigger.source]}
        {trigger.cron && (
          <>
            {' '}
            <code>{trigger.cron}</code> in {trigger.timeZone}
          </>
        )}
        {trigger.verify && `, ${verifications[trigger.verify]}`}
        {trigger.types && `: ${trigger.types.join(', ')}`}
      </dd>
      <dt>Starts</dt>
      <dd>
        {trigger.agent ? (
          <Link to="/agents/$name" params={{ name: trigger.agent }}>
            {trigger.agent}
          </Link>
        ) : (
          <Link to="/workflows/$name" params={{ name: trigger.workflow ?? '' }}>
            {trigger.workflow}
          </Link>
        )}
      </dd>
      <dt>Changed</dt>
      <dd>
        <Time at={trigger.updatedAt} />
      </dd>
    </Pairs>
  )
}

function NextTimes({ trigger: { next, timeZone = 'UTC' } }: { trigger: Trigger }) {
  return (
    <section aria-label="Next times">
      <h2>Next times</h2>
      {next.length === 0 && <p className="small">None while it is off</p>}
      <ol>
        {next.map((at) => (
          <li key={at}>
            {inZone(at, timeZone)} <small>{timeZone}</small> <small>{<Time at={at} />}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Address({ trigger, path }: { trigger: Trigger; path: string }) {
  const address = new URL(basePath + path, window.location.href).href
  return (
    <section aria-label="Sending to it">
      <h2>Address</h2>
      <Code text={address} label="Address" wrap />
      <h2>Try it from a shell</h2>
      <Code text={curlFor(trigger.verify, address, hookIn(trigger.yaml ?? ''))} label="Commands" />
    </section>
  )
}
