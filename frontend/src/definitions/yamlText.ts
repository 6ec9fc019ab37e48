import { type Document, isMap, isScalar, parseDocument, visit, type Scalar } from 'yaml'

/** Changes of a definition's text that keep its comments, its order and how it is written. */

/** Keys from the outermost on; entries of lists by number. */
export type Path = (string | number)[]

export const written = (doc: Document) => doc.toString({ lineWidth: 0, flowCollectionPadding: false })

/** The text after a change; the same where it is no YAML. */
export function change(yaml: string, how: (doc: Document) => void): string {
  const doc = parseDocument(yaml)
  if (doc.errors.length > 0 || !isMap(doc.contents)) return yaml
  how(doc)
  return written(doc)
}

export function put(doc: Document, at: Path, value: unknown) {
  if (value === undefined) {
    doc.deleteIn(at)
    return
  }
  const old = doc.getIn(at, true)
  // A scalar keeps its quotes and the comment behind it.
  if (isScalar(old) && (typeof value !== 'object' || value === null)) {
    old.value = value
    delete old.source
    quote(old)
    return
  }
  doc.setIn(at, made(doc, value, true))
}

export function made(doc: Document, value: unknown, flow: boolean) {
  const node = doc.createNode(value, { flow })
  visit(node, { Scalar: (_, scalar) => quote(scalar) })
  return node
}

/** Readers of YAML differ on where a plain text ends, such as `Go on?` before a comma: all but simple ones are quoted. */
function quote(scalar: Scalar) {
  const isPlain = scalar.type === undefined || scalar.type === 'PLAIN'
  if (isPlain && typeof scalar.value === 'string' && !/^[A-Za-z][\w.-]*$|^\d+[smhd]$/.test(scalar.value)) {
    scalar.type = scalar.value.includes('\n') ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE'
  }
}
