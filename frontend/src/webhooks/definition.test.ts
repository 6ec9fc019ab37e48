import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { Webhook } from '#/api/types'
import { switched, written, type Wanted } from './definition'

const wanted: Wanted = {
  name: 'pager',
  url: 'https://hooks.example.org/a?b=1#c',
  events: ['run.failed', 'approval.*', '*'],
  when: `event.run.name == "it's: a # refund"`,
  description: 'yes',
}
const stored = (yaml: string) => ({ yaml }) as Webhook

describe('the text of a webhook', () => {
  test('a_new_one_says_what_the_form_says', () => {
    expect(parse(written(wanted))).toEqual({ kind: 'webhook', ...wanted })
  })

  test('what_is_left_empty_is_left_out', () => {
    const text = written({ ...wanted, when: '', description: '' })

    expect(Object.keys(parse(text) as object)).toEqual(['kind', 'name', 'url', 'events'])
  })

  test('an_edit_keeps_comments_and_what_is_the_same', () => {
    const text = `# of the night shift
name: pager
url: "https://old.example.org" # theirs
events:
  - run.failed   # only these
when: 'true'
`
    const edited = written({ ...wanted, events: ['run.failed'], when: '', description: '' }, stored(text))

    expect(edited).toContain('# of the night shift')
    expect(edited).toContain('# only these')
    expect(parse(edited)).toEqual({ name: 'pager', url: wanted.url, events: ['run.failed'] })
  })

  test('one_that_was_stored_as_json_can_be_edited', () => {
    const json = JSON.stringify({ name: 'pager', url: 'https://old.example.org', events: ['*'] })

    expect(parse(written(wanted, stored(json)))).toEqual(wanted)
  })

  test('switching_off_and_on_changes_nothing_else', () => {
    const text = written(wanted)

    expect(parse(switched(text, false))).toEqual({ ...(parse(text) as object), enabled: false })
    expect(switched(switched(text, false), true)).toBe(text)
  })
})
