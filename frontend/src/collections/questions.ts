import type { GradedQuestion } from '#/api/types'

/** A list of questions as people write it: `question = key, key`, one a line. */
export const written = (questions: GradedQuestion[]) =>
  questions.map(({ question, documents }) => `${question} = ${documents.join(', ')}`).join('\n')

export function questionsIn(text: string) {
  const found: GradedQuestion[] = []
  const mistakes: string[] = []
  text.split('\n').forEach((line, at) => {
    const cut = line.lastIndexOf('=')
    const question = line.slice(0, Math.max(0, cut)).trim()
    const documents = line
      .slice(cut + 1)
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean)
    if (!line.trim()) return
    if (cut < 0 || !question || !documents.length) {
      mistakes.push(`Line ${at + 1}: write "question = document"`)
    } else {
      found.push({ question, documents })
    }
  })
  return { found, mistakes }
}
