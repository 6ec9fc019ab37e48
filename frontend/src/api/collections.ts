import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { get, patch, post, put, remove } from './client'
import { whole } from './pages'
import { api } from './paths'
import type {
  Citation,
  Collection,
  Document,
  DocumentText,
  GradedQuestion,
  GradedQuestions,
  GradeReport,
  Page,
  SearchAnswer,
} from './types'

/** Asked again for as long as something is being read. */
export const collectionsQuery = queryOptions({
  ...whole<Collection>('collections', api.collections),
  refetchInterval: ({ state }) => (state.data?.data.some(({ unfinished }) => unfinished > 0) ? 2000 : false),
})
/** Asked again for as long as its counts change: documents are being read, or another model is made ready. */
export const collectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['collections', id],
    queryFn: ({ signal }) => get<Collection>(api.collection(id), signal),
    refetchInterval: ({ state: { data } }) => (data && (data.unfinished > 0 || data.building !== null) ? 2000 : false),
  })

/** Asked again for as long as something is being read. */
export const documentsQuery = (collection: string) =>
  queryOptions({
    queryKey: ['collections', collection, 'documents'],
    queryFn: ({ signal }) => get<Page<Document>>(api.documents(collection, { limit: 200 }), signal),
    refetchInterval: ({ state }) => (state.data?.data.some(isUnderWay) ? 1000 : false),
  })

export const pageQuery = (document: string, page: number) =>
  queryOptions({
    queryKey: ['documents', document, page],
    queryFn: ({ signal }) => get<DocumentText>(api.documentPage(document, page), signal),
  })

/** What a collection's search is graded by. */
export const questionsQuery = (collection: string) =>
  queryOptions({
    queryKey: ['collections', collection, 'questions'],
    queryFn: ({ signal }) => get<GradedQuestions>(api.questions(collection), signal),
  })

export const writeQuestions = (collection: string, questions: GradedQuestion[]) =>
  put<GradedQuestions>(api.questions(collection), { questions })
export const grade = (collection: string) => post<GradeReport>(api.grade(collection))

/** What the answer of a run rests on. */
export const citationsQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', run, 'citations'],
    queryFn: ({ signal }) => get<{ data: Citation[] }>(api.citations(run), signal),
  })

export const isUnderWay = ({ state }: Document) => state === 'receiving' || state === 'queued' || state === 'running'

export const addCollection = (name: string, description: string) =>
  post<Collection>(api.collections, { name, description })
export const removeCollection = ({ id }: Collection) => remove(api.collection(id))
export const addText = (collection: string, name: string, text: string) =>
  post<Document>(api.documents(collection), { name, text })
export const addAddress = (collection: string, url: string, depth: number) =>
  post<Document>(api.documents(collection), depth > 0 ? { url, crawl: { depth } } : { url })
export const changeCollection = ({ id }: Collection, change: { description?: string; model?: string }) =>
  patch<Collection>(api.collection(id), change)
export const removeDocument = ({ id }: Document) => remove(api.document(id))
export const cancelDocument = ({ id }: Document) => post<Document>(api.cancelDocument(id))
export const retryDocument = ({ id }: Document) => post<Document>(api.retryDocument(id))
export const search = (collection: string, query: string) =>
  post<SearchAnswer>(api.searchCollections, { collections: [collection], query })

export const refreshCollections = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ['collections'] })
