import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { collectionQuery, grade, questionsQuery, refreshCollections, writeQuestions } from '#/api/collections'
import { inWords } from '#/api/errors'
import { denied, sessionQuery } from '#/api/session'
import type { GradedQuestion, GradeReport } from '#/api/types'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Bones, Content, Page } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Table } from '#/ui/Table'
import { Tag } from '#/ui/Tag'
import { questionsIn, written } from './questions'

/** How good a collection's search is, by questions whose answers somebody knows. */
export function GradePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const collection = useQuery(collectionQuery(id))
  const questions = useQuery(questionsQuery(id))
  const name = collection.data?.name ?? 'Collection'
  return (
    <Page
      title="Search quality"
      crumb={
        <Link to="/collections/$id" params={{ id }}>
          {name}
        </Link>
      }
      about="Measured by questions whose answers you know"
    >
      <Content label="Search quality">
        {questions.error && <Problem says={inWords(questions.error)} />}
        {questions.isPending && <Bones />}
        {questions.data && <Grade key={id} collection={id} questions={questions.data.questions} />}
      </Content>
    </Page>
  )
}

function Grade({ collection, questions }: { collection: string; questions: GradedQuestion[] }) {
  const [text, setText] = useState(written(questions))
  const { data: session } = useQuery(sessionQuery)
  const queries = useQueryClient()
  const blocked = denied(session, 'build')
  const { found, mistakes } = questionsIn(text)
  const work = useMutation({
    mutationFn: async () => {
      if (!blocked) await writeQuestions(collection, found)
      return grade(collection)
    },
    meta: { shown: true },
    onSettled: () => refreshCollections(queries),
  })
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          work.mutate()
        }}
      >
        <Field>
          <label htmlFor="graded-questions">Questions, one a line, each with the documents that answer it</label>
          <textarea
            id="graded-questions"
            className="input mono"
            rows={8}
            value={text}
            readOnly={Boolean(blocked)}
            placeholder="How many days of leave do I have? = leave.md"
            onChange={(event) => setText(event.target.value)}
          />
          <small>Documents by key, separated by commas. Twenty questions already tell a lot.</small>
        </Field>
        {mistakes.map((mistake) => (
          <small key={mistake}>{mistake}</small>
        ))}
        <Button
          kind="go"
          type="submit"
          blocked={mistakes.length ? 'Correct the list' : found.length ? false : 'Enter a question'}
        >
          {blocked ? 'Grade' : 'Save and grade'}
        </Button>
      </form>
      {work.error && <Problem says={inWords(work.error)} />}
      {work.data && <Report report={work.data} />}
    </>
  )
}

const ways = { hybrid: 'Words and meaning', lexical: 'Words alone', dense: 'Meaning only' }

function Report({ report }: { report: GradeReport }) {
  const total = report.questions.length
  return (
    <>
      <Table>
        <thead>
          <tr>
            <th>Search by</th>
            <th className="numeric">nDCG@10</th>
            <th className="numeric">First is right</th>
            <th className="numeric">In the first ten</th>
          </tr>
        </thead>
        <tbody>
          {report.grades.map(({ mode, ndcg, first, found }) => (
            <tr key={mode}>
              <td>{ways[mode]}</td>
              <td className="numeric">{ndcg.toFixed(2)}</td>
              <td className="numeric">
                {first} of {total}
              </td>
              <td className="numeric">
                {found} of {total}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Table>
        <thead>
          <tr>
            <th>Question</th>
            <th>Place of the answer</th>
            <th className="wide">Found first</th>
          </tr>
        </thead>
        <tbody>
          {report.questions.map(({ question, rank, best }, at) => (
            <tr key={`${at} ${question}`}>
              <td>{question}</td>
              <td>
                <Tag tone={rank === 1 ? 'sea' : rank ? 'brass' : 'failed'}>
                  {rank ? `as number ${rank}` : 'not among ten'}
                </Tag>
              </td>
              <td className="wide quiet">{best.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  )
}
