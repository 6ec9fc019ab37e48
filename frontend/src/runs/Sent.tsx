import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inWords } from '#/api/errors'
import { imageAddress } from '#/api/images'
import { stepRequestQuery } from '#/api/runs'
import type { SentMessage, Step, StepRequest } from '#/api/types'
import { Button } from '#/ui/Button'
import { Code, Value } from '#/ui/Code'
import { Copy } from '#/ui/Copy'
import { plural } from '#/ui/format'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import './sent.css'

/** The newest are what a reader looks for; the rest of a long conversation is asked for. */
const SHOWN = 6

/** What the model was sent in a step: instructions, conversation, tools, parameters. */
export function Sent({ run, step }: { run: string; step: Step }) {
  const { data, error, isPending } = useQuery(stepRequestQuery(run, step.number, step.state))
  return (
    <section className="sent" aria-label="Sent to the model">
      <h3 className="label">
        Sent to the model
        {data && <Copy text={JSON.stringify(data, null, 2)} label="Copy the request as JSON" />}
      </h3>
      {isPending && <Bones />}
      {error && <Problem says={inWords(error)} />}
      {data && <Request request={data} />}
    </section>
  )
}

function Request({ request }: { request: StepRequest }) {
  const [all, setAll] = useState(false)
  const { instructions, messages, tools, parameters, same } = request
  const shown = all ? messages : messages.slice(-SHOWN)
  const said = settings(parameters)
  return (
    <>
      {same === false && (
        <p className="small">
          A tool describes itself differently now, or a picture is gone: this is not exactly what was sent.
        </p>
      )}
      {instructions && <Said who="Instructions" text={instructions} long />}
      {messages.length > shown.length && (
        <Button onClick={() => setAll(true)}>Show {plural(messages.length - shown.length, 'earlier message')}</Button>
      )}
      {shown.map((message, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a request never changes
        <Message key={messages.length - shown.length + index} message={message} />
      ))}
      {tools.length > 0 && (
        <details>
          <summary>
            {plural(tools.length, 'tool')}: {tools.map(({ name }) => name).join(', ')}
          </summary>
          {tools.map((tool) => (
            <div key={tool.name}>
              <p className="small">
                <b>{tool.name}</b> {tool.description}
              </p>
              <Value value={tool.schema} label={`Arguments of ${tool.name}`} />
            </div>
          ))}
        </details>
      )}
      <p className="small">{said.length > 0 ? said.join(' · ') : 'Default parameters'}</p>
      {parameters.schema && (
        <details>
          <summary>Answer has to match a JSON Schema</summary>
          <Value value={parameters.schema} label="Schema of the answer" />
        </details>
      )}
    </>
  )
}

const roles: Record<SentMessage['role'], string> = { user: 'User', assistant: 'Assistant', tool: 'Tool' }

function Message({ message }: { message: SentMessage }) {
  const name = message.tool ? `${roles.tool} ${message.tool}${message.failed ? ', failed' : ''}` : roles[message.role]
  return (
    <Said who={name} text={message.content}>
      {message.images?.map(({ hash, type }) => (
        <img key={hash} src={imageAddress(hash)} alt={`Shown to the model, ${type}`} />
      ))}
      {message.toolCalls?.map((call) => (
        <p key={call.id} className="call">
          <b>{call.name}</b> <code>{call.arguments}</code>
        </p>
      ))}
    </Said>
  )
}

type SaidProps = { who: string; text: string; long?: boolean; children?: React.ReactNode }

/** Long texts are folded to their beginning. */
function Said({ who, text, long = false, children }: SaidProps) {
  const isLong = text.length > (long ? 240 : 600)
  return (
    <div className="said">
      <b className="role">{who}</b>
      {isLong ? (
        <details>
          <summary className="cut">{text.slice(0, 120)}…</summary>
          <Code text={text} label={who} wrap />
        </details>
      ) : (
        text && <p className="text">{text}</p>
      )}
      {children}
    </div>
  )
}

/** What is not left to the model. */
function settings({ temperature, maxOutputTokens, mustCall }: StepRequest['parameters']): string[] {
  return [
    ...(temperature === null ? [] : [`temperature ${temperature}`]),
    ...(maxOutputTokens === null ? [] : [`at most ${plural(maxOutputTokens, 'token')}`]),
    ...(mustCall ? ['has to call a tool'] : []),
  ]
}
