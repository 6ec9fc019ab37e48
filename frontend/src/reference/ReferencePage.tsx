import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { inWords } from '#/api/errors'
import { basePath } from '#/api/base'
import { openapiAddress, openapiQuery } from '#/api/server'
import { buttonClass } from '#/ui/Button'
import { Code } from '#/ui/Code'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { curlOf } from './curl'
import { byTag, isFound, shapeOf, type OpenApi, type Operation } from './openapi'
import './reference-page.css'

/** /openapi.json for reading. */
export function ReferencePage() {
  const { data, error, isPending } = useQuery(openapiQuery)
  const document = data as OpenApi | undefined
  const { q: words = '' } = useSearch({ from: '/shell/reference' })
  const navigate = useNavigate({ from: '/reference' })
  const found = useMemo(() => (document ? matching(document, words.trim()) : []), [document, words])
  return (
    <Page
      title="API"
      about={document && `${document.info.title} ${document.info.version}`}
      actions={
        <a className={buttonClass()} href={openapiAddress} target="_blank" rel="noreferrer">
          openapi.json
        </a>
      }
    >
      <Content label="API">
        {error && <Problem says={inWords(error)} />}
        {isPending && <Bones />}
        {document && (
          <div className="reference">
            {document.info.description && <p>{worded(document.info.description)}</p>}
            <input
              type="search"
              className="input"
              aria-label="Search the API"
              placeholder="Method, address or what it does"
              value={words}
              onChange={({ target }) => void navigate({ search: { q: target.value || undefined }, replace: true })}
            />
            {found.length === 0 && <p>No matching operations</p>}
            {found.map(([tag, operations]) => (
              <section key={tag}>
                <h2>{tag}</h2>
                {operations.map((operation) => (
                  <OperationEntry
                    key={`${operation.method} ${operation.path}`}
                    operation={operation}
                    document={document}
                  />
                ))}
              </section>
            ))}
          </div>
        )}
      </Content>
    </Page>
  )
}

function matching(document: OpenApi, words: string): [string, Operation[]][] {
  return byTag(document)
    .map(([tag, all]): [string, Operation[]] => [tag, all.filter((operation) => isFound(operation, words))])
    .filter(([, operations]) => operations.length > 0)
}

/** A description with what stands between back-ticks as code. */
function worded(text: string) {
  return text.split('`').map((part, at) =>
    // Parts never move, and every second one stood between back-ticks.
    // oxlint-disable-next-line react/no-array-index-key
    at % 2 ? <code key={at}>{part}</code> : part,
  )
}

function OperationEntry({ operation, document }: { operation: Operation; document: OpenApi }) {
  const { method, path, summary, description, parameters = [], body, answers } = operation
  return (
    <details className="operation">
      <summary>
        <b className={`method ${method}`}>{method.toUpperCase()}</b>
        <code>{path}</code>
        <span className="about">{summary}</span>
      </summary>
      <div className="inside">
        {description && <p>{worded(description)}</p>}
        <Code text={curlOf(document, operation, location.origin + basePath)} label="Shell command" />
        {parameters.length > 0 && (
          <Table>
            <thead>
              <tr>
                <th>Parameter</th>
                <th>Where</th>
                <th>What</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={`${parameter.in} ${parameter.name}`}>
                  <td>
                    <code>{parameter.name}</code>
                    {parameter.required && <small> required</small>}
                  </td>
                  <td className="quiet">{parameter.in}</td>
                  <td className="quiet">
                    {parameter.description ? worded(parameter.description) : shapeOf(document, parameter.schema)}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        {body !== undefined && <Code text={shapeOf(document, body)} label="Body" />}
        {answers.map(({ status, description: says, schema }) => (
          <div key={status}>
            <p>
              <b>{status}</b> {says && worded(says)}
            </p>
            {schema !== undefined && <Code text={shapeOf(document, schema)} label={`Answer ${status}`} />}
          </div>
        ))}
      </div>
    </details>
  )
}
