import type { Trigger } from '#/api/types'
import type { Hook } from './definition'

const BODY = '{"message": "hello"}'

/** A text between double quotes of a shell. */
const quoted = (text: string) => text.replaceAll(/[\\"$`]/g, (sign) => `\\${sign}`)

/** What is signed, with the shell's variables in the places of the values. */
const filled = (signed: string) =>
  quoted(signed).replaceAll(/\{(body|timestamp|id)\}/g, (_, place: string) => `$${place.toUpperCase()}`)

type Form = Required<Pick<Hook, 'header' | 'encoding' | 'prefix' | 'signed'>> & Hook & { more?: string[] }

const standard: Form = {
  header: 'webhook-signature',
  encoding: 'base64',
  prefix: 'v1,',
  signed: '{id}.{timestamp}.{body}',
  timestampHeader: 'webhook-timestamp',
  idHeader: 'webhook-id',
}
const github: Form = {
  header: 'X-Hub-Signature-256',
  encoding: 'hex',
  prefix: 'sha256=',
  signed: '{body}',
  idHeader: 'X-GitHub-Delivery',
  more: ['X-GitHub-Event: push'],
}
const plain = (hook: Hook): Form => ({
  ...hook,
  header: hook.header ?? 'X-Signature',
  encoding: hook.encoding ?? 'hex',
  prefix: hook.prefix ?? '',
  signed: hook.signed ?? '{body}',
})

/**
 * Commands for a shell that send a message which the trigger takes. Whoever runs them has the secret's value in SECRET:
 * it is not known here.
 */
export function curlFor(verify: Trigger['verify'], address: string, hook: Hook): string {
  if (verify === undefined || verify === 'open') {
    return sent(address, [`-H "${quoted(hook.idHeader ?? 'webhook-id')}: $ID"`], ['ID=$(date +%s)-$$'])
  }
  const form = verify === 'standard' ? standard : verify === 'github' ? github : plain(hook)
  const headers = [
    ...(form.more ?? []).map(quoted),
    ...(form.idHeader ? [`${quoted(form.idHeader)}: $ID`] : []),
    ...(form.timestampHeader ? [`${quoted(form.timestampHeader)}: $TIMESTAMP`] : []),
    `${quoted(form.header)}: ${quoted(form.prefix)}$SIGNATURE`,
  ].map((header) => `-H "${header}"`)
  return sent(address, headers, [
    `SECRET='…'   # the value of the trigger's secret`,
    ...(form.idHeader ? ['ID=$(date +%s)-$$'] : []),
    ...(form.timestampHeader ? ['TIMESTAMP=$(date +%s)'] : []),
    ...(verify === 'standard'
      ? [`KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`]
      : []),
    `SIGNATURE=$(printf %s "${filled(form.signed)}" |`,
    `  openssl dgst -sha256 ${verify === 'standard' ? '-mac HMAC -macopt "hexkey:$KEY"' : '-hmac "$SECRET"'} -binary |`,
    form.encoding === 'base64' ? '  base64)' : `  od -An -v -tx1 | tr -d ' \\n')`,
  ])
}

const sent = (address: string, headers: string[], before: string[]) =>
  [
    `BODY='${BODY}'`,
    ...before,
    `curl -X POST '${address}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    ...headers.map((header) => `  ${header} \\`),
    `  -d "$BODY"`,
  ].join('\n')
