import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { curlFor } from './curl'
import type { Hook } from './definition'
import type { Trigger } from '#/api/types'

const ADDRESS = 'https://wheelhouse.example.org/hooks/default/door'

type Sent = { headers: Record<string, string>; body: string }

/** Runs the commands in a shell whose curl only says what it was given. */
function run(commands: string, secret: string): Sent {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${commands.replace(`'…'`, `'${secret}'`)}`
  const words = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0')
  expect(words.slice(0, 3)).toEqual(['-X', 'POST', ADDRESS])
  const headers = words.flatMap((word, index) => (words[index - 1] === '-H' ? [word.split(/: (.*)/s)] : []))
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name!.toLowerCase(), value!])),
    body: words[words.indexOf('-d') + 1]!,
  }
}
const sending = (verify: Trigger['verify'], hook: Hook, secret = '') => run(curlFor(verify, ADDRESS, hook), secret)
const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', key).update(text).digest(encoding)

describe('the ready curl of a webhook', () => {
  test('an_open_one_tells_deliveries_apart_by_the_header_it_names', () => {
    expect(sending('open', {}).headers['webhook-id']).toMatch(/^\d+-\d+$/)
    expect(sending('open', { idHeader: 'X-Id' }).headers['x-id']).toMatch(/^\d+-\d+$/)
  })

  test('a_standard_one_signs_id_time_and_body_with_the_bytes_of_the_key', () => {
    const key = Buffer.from([0, 1, 10, 200, 255, 32, 9, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    const { headers, body } = sending('standard', {}, `whsec_${key.toString('base64')}`)

    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    expect(headers['webhook-signature']).toBe(`v1,${hmac(key, signed, 'base64')}`)
    expect(Number(headers['webhook-timestamp'])).toBeGreaterThan(1_700_000_000)
  })

  test('one_of_github_signs_the_body', () => {
    const { headers, body } = sending('github', {}, 'a secret of 23 letters!')

    expect(headers['x-hub-signature-256']).toBe(`sha256=${hmac('a secret of 23 letters!', body, 'hex')}`)
    expect(headers['x-github-delivery']).toBeDefined()
  })

  test.each<[string, Hook]>([
    ['hex', { header: 'X-Signature' }],
    ['base64', { header: 'X-Signature', encoding: 'base64' }],
    ['a_prefix', { header: 'X-Signature', prefix: '$v1="`\\' }],
    [
      'a_time_as_slack_has_it',
      {
        header: 'X-Slack-Signature',
        prefix: 'v0=',
        signed: 'v0:{timestamp}:{body}',
        timestampHeader: 'X-Slack-Request-Timestamp',
      },
    ],
    ['an_id', { header: 'X-Signature', signed: '{id}$"{body}', idHeader: 'X-Id' }],
  ])('a_plain_signature_is_as_the_trigger_says_with_%s', (_, hook) => {
    const { headers, body } = sending('hmac', hook, 'correct-horse')

    const signed = (hook.signed ?? '{body}')
      .replace('{timestamp}', headers[hook.timestampHeader?.toLowerCase() ?? ''] ?? '')
      .replace('{id}', headers[hook.idHeader?.toLowerCase() ?? ''] ?? '')
      .replace('{body}', () => body)
    const right = hmac('correct-horse', signed, hook.encoding ?? 'hex')
    expect(headers[hook.header!.toLowerCase()]).toBe(`${hook.prefix ?? ''}${right}`)
  })
})
