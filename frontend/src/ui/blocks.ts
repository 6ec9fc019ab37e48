import { Lexer, type MarkedOptions, type Token, type Tokens, type TokensList } from 'marked'
import remend from 'remend'

/** How many blocks at the end of a text may still become others: a list goes on after a line left free. */
const OPEN = 2

/**
 * The blocks of a text that grows at its end. Those that no later text can change are kept, so that each piece of a long
 * answer costs what its last blocks cost, not what all of it does.
 */
export class GrowingBlocks {
  private head = ''
  private settled: Token[] = []
  private links: TokensList['links'] = {}

  private readonly options: MarkedOptions

  constructor(options: MarkedOptions) {
    this.options = options
  }

  read(text: string): Token[] {
    if (!text.startsWith(this.head)) this.forget()
    const lexer = new Lexer(this.options)
    // An address at the end may still grow: those of blocks that are kept are known, others are found again.
    lexer.tokens.links = { ...this.links }
    const tail = [...lexer.lex(remend(text.slice(this.head.length)))]
    const blocks = [...this.settled, ...tail]
    const done = tail.slice(0, settledIn(tail))
    this.settled = blocks.slice(0, this.settled.length + done.length)
    this.head += done.map(({ raw }) => raw).join('')
    for (const { type, tag, href, title } of done as Tokens.Def[])
      if (type === 'def') this.links[tag] ??= { href, title }
    return blocks
  }

  private forget() {
    this.head = ''
    this.settled = []
    this.links = {}
  }
}

function settledIn(blocks: Token[]): number {
  let end = blocks.length
  for (let open = 0; end > 0 && open < OPEN; end--) if (blocks[end - 1]!.type !== 'space') open++
  const formula = blocks.findIndex(mayBeginFormula)
  return formula < 0 ? end : Math.min(end, formula)
}

/** A formula may reach over lines left free, and is one only when its end has come. */
const mayBeginFormula = ({ type, raw }: Token) =>
  type !== 'display' && type !== 'code' && (raw.includes('$$') || raw.includes('\\['))
