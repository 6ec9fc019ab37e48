// Stand-ins of helm, kubectl and others for tests of scripts: each call is written down, and answered by what a test says.

import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** `answers` is { program: "a body in sh" }; the body sees its arguments in "$*" and a folder for its state in $STATE. */
export function programs(answers) {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  for (const [name, body] of Object.entries(answers)) {
    const path = join(folder, name)
    writeFileSync(path, `#!/usr/bin/env bash\necho "${name} $*" >>"$STATE/calls"\n${body}\n`)
    chmodSync(path, 0o755)
  }
  const calls = join(folder, 'calls')
  return {
    folder,
    // Who runs the tests may have named a Helm, which scripts ask before the path.
    environment: { PATH: `${folder}${delimiter}${process.env.PATH}`, STATE: folder, ...('helm' in answers && { HELM: join(folder, 'helm') }) },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    forget: () => rmSync(calls, { force: true }),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Runs a script; answers with exit code and all that it said. */
export const call = (script, args, environment) =>
  new Promise((resolve) => {
    execFile(script, args, { env: { ...process.env, ...environment }, maxBuffer: 1 << 24 }, (error, out, errors) =>
      resolve({ code: error ? (error.code ?? 1) : 0, text: out + errors, out }),
    )
  })
