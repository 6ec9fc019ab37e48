import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { hookIn, switched, templates } from './definition'
import { inZone } from './words'

describe('the text of a trigger', () => {
  test('switching_off_and_on_again_keeps_comments_and_expressions', () => {
    const text = templates.schedule('morning', 'Europe/Berlin')

    const off = switched(text, false)
    expect(parse(off)).toEqual({ ...(parse(text) as object), enabled: false })
    expect(off).toContain('# minute hour day month weekday')
    expect(parse(switched(off, true))).toEqual(parse(text))
  })

  test('switching_reads_what_was_stored_as_json', () => {
    expect(parse(switched('{"name": "door", "enabled": false}', true))).toEqual({ name: 'door' })
  })

  test('what_is_no_mapping_is_left_as_it_is', () => {
    expect(switched('- one', false)).toBe('- one')
    expect(switched('{', false)).toBe('{')
  })

  test.each(Object.entries(templates))('the_template_of_a_%s_names_one_source_and_one_target', (source, template) => {
    const read = parse(template('door', 'UTC')) as Record<string, unknown>

    expect(Object.keys(read).filter((key) => ['schedule', 'webhook', 'event'].includes(key))).toEqual([source])
    expect(read).toMatchObject({ kind: 'trigger', name: 'door', agent: 'assistant' })
  })

  test('a_text_that_cannot_be_read_has_no_webhook', () => {
    expect(hookIn('webhook: {verify: hmac, header: X-Sum}')).toEqual({ verify: 'hmac', header: 'X-Sum' })
    expect([hookIn('{'), hookIn(''), hookIn('name: door')]).toEqual([{}, {}, {}])
  })

  test('a_time_is_told_on_the_clocks_of_its_zone', () => {
    expect(inZone('2026-12-01T06:00:00Z', 'Europe/Berlin')).toBe('Tue, 1 Dec 2026, 07:00:00')
    expect(inZone('2026-07-01T06:00:00Z', 'Europe/Berlin')).toBe('Wed, 1 Jul 2026, 08:00:00')
  })
})
