// Runs one of scripts/ as a person would.

import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './platform.mjs'
import { skip, surroundings } from './surroundings.mjs'

const run = promisify(execFile)

/** Where they write. */
export const folder = skip ? '' : await mkdtemp(join(tmpdir(), 'wheelhouse-scripts-'))

/** {code, said}. */
export async function script(name, given = {}, ...args) {
  const env = {
    ...process.env,
    NAMESPACE: surroundings.namespace,
    RELEASE: surroundings.release,
    WHEELHOUSE_CHARTS_DIR: surroundings.charts ?? join(root, 'charts/test/stand-ins'),
    ...given,
  }
  try {
    const { stdout, stderr } = await run(join(root, 'scripts', name), args, { env, cwd: folder, maxBuffer: 1 << 26 })
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    return { code: error.code, said: `${error.stdout}${error.stderr}` }
  }
}

export const lines = (said, kind) => said.split('\n').filter((line) => line.startsWith(kind))
