// Starts callers and speaks to them.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const jars = join(here, '../../.tools/clients/java/*')
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java'
const node = (name) => ['node', join(here, 'callers', `${name}.mjs`)]
// Some need an older client of OpenAI than the others.
const python = (name, folder = 'newer') => [join(here, '../../.tools/clients', folder, 'bin/python'), join(here, 'callers/python.py'), name]

// Nothing of a client asks other computers.
export const quiet = {
  LITELLM_LOCAL_MODEL_COST_MAP: 'True',
  AI_SDK_LOG_WARNINGS: 'false',
  OPENAI_AGENTS_DISABLE_TRACING: '1',
}

/** What each client can do beside asking and streaming: take a conversation, tools, headers. */
export const clients = {
  'OpenAI Node': { command: node('openai-node'), quick: true },
  'OpenAI Node, responses': { command: node('openai-responses') },
  'OpenAI Python': { command: python('openai') },
  'OpenAI Python 2': { command: python('openai', 'older') },
  'LangChain JS': { command: node('langchain-js'), quick: true },
  'LangChain Python': { command: python('langchain') },
  LiteLLM: { command: python('litellm', 'older') },
  'Vercel AI SDK': { command: node('ai-sdk'), quick: true },
  'Vercel AI SDK, responses': { command: [...node('ai-sdk'), 'responses'] },
  LlamaIndex: { command: python('llamaindex', 'older') },
  'pydantic-ai': { command: python('pydantic-ai') },
  'Agents SDK Python': { command: python('agents') },
  'Agents SDK JS': { command: node('agents-js') },
  langchain4j: {
    command: [java, '-cp', jars, join(here, 'callers/Langchain4j.java')],
  },
  llm: { command: python('llm'), isCommand: true },
  sgpt: { command: python('sgpt', 'older'), isCommand: true },
}

export class Caller {
  constructor(name, base, key) {
    const [program, ...words] = clients[name].command
    if (!existsSync(program) && program.includes('/')) throw new Error(`${program} is missing: run make clients`)
    this.name = name
    this.waiting = new Map()
    this.next = 1
    this.process = spawn(program, words, {
      env: {
        ...process.env,
        ...quiet,
        BASE_URL: base,
        API_KEY: key,
        OPENAI_API_KEY: key,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    // A caller that ends says why: what it said last is what a reader needs.
    let lastWords = ''
    this.process.stderr.on('data', (said) => {
      lastWords = (lastWords + said).slice(-600)
      if (process.env.VERBOSE) process.stderr.write(said)
    })
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      const result = JSON.parse(line)
      this.waiting.get(result.id)?.(result)
      this.waiting.delete(result.id)
    })
    this.process.on('close', (code, signal) => {
      this.ended = `the caller of ${name} ended with ${signal ?? code}: ${lastWords.trim()}`
      for (const tell of this.waiting.values()) tell({ broken: this.ended })
    })
    this.process.stdin.on('error', () => {})
  }

  // Twenty command lines at once are twenty interpreters that start.
  ask(request, patience = clients[this.name].isCommand ? 300_000 : 90_000) {
    const id = this.next++
    if (this.ended) return Promise.resolve({ broken: this.ended })
    const messages = request.messages ?? [{ role: 'user', content: request.say }]
    return new Promise((tell) => {
      const late = setTimeout(() => tell({ broken: `no result in ${patience / 1000} s` }), patience)
      this.waiting.set(id, (result) => {
        clearTimeout(late)
        tell(result)
      })
      this.process.stdin.write(JSON.stringify({ ...request, id, messages }) + '\n')
    })
  }

  close() {
    this.process.stdin.end()
  }
}
