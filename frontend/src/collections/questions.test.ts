import { expect, test } from 'vitest'
import { questionsIn, written } from './questions'

test('questions are read as they are written', () => {
  const list = [
    { question: 'Is 1 + 1 = 2?', documents: ['sums.md', 'more/sums.md'] },
    { question: 'Who?', documents: ['people.md'] },
  ]
  expect(questionsIn(written(list))).toEqual({ found: list, mistakes: [] })
})

test('lines without a question or a document are named', () => {
  expect(questionsIn('\nWho?\n= a.md\nWho? =\nWho? = a.md').mistakes).toHaveLength(3)
})
