// Runs the examples of docs/how-to/use-openai-clients.md: each has to say 391. node page.mjs [quick]; quick leaves Python out.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quiet } from './caller.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../docs/how-to/use-openai-clients.md'), 'utf8')
const runs = {
  js: ['node', 'mjs'],
  python: [join(here, '../../.tools/clients/newer/bin/python'), 'py'],
}
const env = {
  ...process.env,
  ...quiet,
  WHEELHOUSE_URL: `${process.env.PLATFORM_URL}/v1`,
  WHEELHOUSE_KEY: process.env.PLATFORM_KEY,
}
const examples = [...page.matchAll(/```(js|python)\n([^]*?)```/g)].map(([, language, code]) => ({ language, code }))
const folder = mkdtempSync(join(here, '.page-'))
let failed = 0
let passed = 0
for (const [at, { language, code }] of examples.entries()) {
  if (process.argv[2] === 'quick' && language === 'python') continue
  const [usual, suffix] = runs[language]
  const program = /litellm|llama_index/.test(code) ? join(here, '../../.tools/clients/older/bin/python') : usual
  const file = join(folder, `example-${at}.${suffix}`)
  writeFileSync(file, code)
  const { stdout, stderr } = spawnSync(program, [file], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (stdout?.includes('391')) {
    passed++
  } else {
    failed++
    console.log(
      `wrong: example ${at + 1} of docs/how-to/use-openai-clients.md said ${JSON.stringify(stdout)}\n${stderr}\n${code}`,
    )
  }
}
rmSync(folder, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
