import { exampleOf } from './example'
import type { OpenApi, Operation } from './openapi'

/** A call of the operation for a terminal, with what must be given: the key, placeholders of the address, a body. */
export function curlOf(document: OpenApi, operation: Operation, base: string): string {
  const { method, path, parameters, body, bodyType } = operation
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const query = needed.map(({ name }) => `${name}={${name}}`).join('&')
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${base}${path}${query && `?${query}`}'`,
    `-H "Authorization: Bearer $WHEELHOUSE_KEY"`,
  ]
  for (const { name, required } of parameters.filter((parameter) => parameter.in === 'header'))
    if (required) lines.push(`-H '${name}: {${name}}'`)
  if (body && bodyType) {
    lines.push(`-H 'Content-Type: ${bodyType}'`)
    // What is no JSON comes from a file: a definition, an upload.
    const says = bodyType === 'application/json' ? JSON.stringify(exampleOf(document, body)) : undefined
    lines.push(says ? `-d '${says.replaceAll("'", String.raw`'\''`)}'` : '--data-binary @file')
  }
  return lines.join(' \\\n  ')
}
