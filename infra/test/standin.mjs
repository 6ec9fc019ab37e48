// The stand-in of Terraform's providers, laid out as a mirror, and the tools that run on it. Nothing here reaches a network but Go, which
// fetches what the stand-in is built from.

import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
export const terraform = join(root, 'infra/terraform')
export const tools = process.env.WHEELHOUSE_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wheelhouse/tools')

const standin = join(terraform, 'standin')
export const providers = JSON.parse(readFileSync(join(standin, 'providers.json'), 'utf8'))

/** The tool's path where it is installed, else undefined: "infra/tool terraform" and "infra/tool tofu". */
export function find(tool) {
  try {
    return execFileSync(join(root, 'infra/tool'), [tool], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

export function hasGo() {
  try {
    return Boolean(execFileSync('go', ['version']))
  } catch {
    return false
  }
}

/** Where the schemas and the program are laid out as both tools want it; built once for each state of the sources. */
export function mirror(tool) {
  const folder = mkdtempSync(join(tmpdir(), 'mirror-'))
  const binary = builtStandin()
  const [os, architecture] = execFileSync('go', ['env', 'GOOS', 'GOARCH'], { encoding: 'utf8' }).trim().split('\n')
  for (const [name, { version }] of Object.entries(providers)) {
    const to = join(folder, hostOf(tool), 'hashicorp', name, version, `${os}_${architecture}`)
    mkdirSync(to, { recursive: true })
    symlinkSync(binary, join(to, `terraform-provider-${name}_v${version}`))
    symlinkSync(join(standin, 'schemas', `${name}.json`), join(to, `terraform-provider-${name}_v${version}.json`))
  }
  const settings = join(folder, 'settings.tfrc')
  writeFileSync(settings, `provider_installation {\n  filesystem_mirror { path = "${folder}" }\n}\ndisable_checkpoint = true\n`)
  return { folder, settings, remove: () => rmSync(folder, { recursive: true }) }
}

function builtStandin() {
  const hash = createHash('sha256')
  for (const file of ['main.go', 'schema.go', 'values.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(standin, file)))
  const binary = join(tools, `standin-${hash.digest('hex').slice(0, 12)}`)
  if (!existsSync(binary)) {
    mkdirSync(tools, { recursive: true })
    execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', `${binary}.${process.pid}`, '.'], { cwd: standin, stdio: 'inherit' })
    execFileSync('mv', [`${binary}.${process.pid}`, binary])
  }
  return binary
}

/** The host under which a tool looks for "hashicorp/…": each has its own, and says it. */
function hostOf(tool) {
  const folder = mkdtempSync(join(tmpdir(), 'host-'))
  writeFileSync(join(folder, 'main.tf'), 'terraform {\n  required_providers {\n    random = { source = "hashicorp/random" }\n  }\n}\n')
  const said = execFileSync(tool, ['providers'], { cwd: folder, encoding: 'utf8', env: quiet({}) })
  rmSync(folder, { recursive: true })
  return said.match(/provider\[([^/]+)\/hashicorp\/random\]/)[1]
}

const quiet = (more) => ({
  ...process.env,
  TF_IN_AUTOMATION: 'yes',
  TF_CLI_CONFIG_FILE: '/dev/null',
  CHECKPOINT_DISABLE: 'yes',
  ...more,
})

/** Runs a tool in a folder; answers with its exit code and what it said. */
export function run(tool, settings, folder, args) {
  const env = quiet({ TF_CLI_CONFIG_FILE: settings, TF_DATA_DIR: '' })
  delete env.TF_DATA_DIR
  return new Promise((resolve) => {
    execFile(tool, [...args, '-no-color'], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, out, errors) =>
      resolve({ code: error ? (error.code ?? 1) : 0, text: out + errors }),
    )
  })
}

/** A copy of the HCL to work in: states and locks of tests stay out of the repository, and states are kept beside the code. */
export function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-'))
  const to = join(folder, 'infra/terraform')
  for (const part of ['modules', 'environments']) cpSync(join(terraform, part), join(to, part), { recursive: true })
  for (const part of ['values', 'charts']) symlinkSync(join(root, part), join(folder, part))
  return { folder: to, remove: () => rmSync(folder, { recursive: true }) }
}

/** In place of the bucket, the state is a file. */
export const localState = 'terraform {\n  backend "local" {}\n}\n'
