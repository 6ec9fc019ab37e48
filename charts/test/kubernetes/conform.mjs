// Holds objects to what the Kubernetes versions of schemas.json.gz know of their kinds, strictly, by kubeconform.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname
const { versions, roots, definitions } = JSON.parse(gunzipSync(readFileSync(join(here, 'schemas.json.gz'))))

export const kubernetesVersions = versions

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-kinds-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/**
 * Objects by content, so that each is looked at once however often it was rendered. Answers with sentences about what breaks a schema;
 * a kind without a schema is one of them.
 */
export async function breachesOfSchemas(objects) {
  mkdirSync(join(folder, 'objects'), { recursive: true })
  const kinds = new Set()
  for (const object of objects) {
    const text = JSON.stringify(withoutNulls(object))
    writeFileSync(join(folder, 'objects', `${createHash('sha1').update(text).digest('hex')}.json`), text)
    kinds.add(fileOf(object))
  }
  const breaches = []
  for (const version of versions) {
    unpack(version, kinds)
    breaches.push(...(await conform(version)))
  }
  return [...new Set(breaches)]
}

/** The API server drops them; the schemas here do not allow them. */
function withoutNulls(node) {
  if (Array.isArray(node)) return node.map(withoutNulls)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => (value === null ? [] : [[key, withoutNulls(value)]])))
}

function unpack(version, kinds) {
  mkdirSync(join(folder, `v${version}`), { recursive: true })
  for (const kind of kinds) {
    if (!roots[kind]) continue
    const used = {}
    const take = (name) => {
      if (used[name]) return
      used[name] = definitions[name].find(([of]) => of.includes(version))[1]
      for (const [, inner] of JSON.stringify(used[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) take(inner)
    }
    take(roots[kind])
    writeFileSync(join(folder, `v${version}`, `${kind}.json`), JSON.stringify({ ...used[roots[kind]], definitions: used }))
  }
}

function conform(version) {
  const location = join(folder, '{{.NormalizedKubernetesVersion}}', '{{.ResourceKind}}{{.KindSuffix}}.json')
  const args = ['-strict', '-output', 'json', '-n', '2', '-kubernetes-version', version, '-schema-location', location, join(folder, 'objects')]
  return new Promise((resolve, reject) => {
    execFile(process.env.KUBECONFORM ?? 'kubeconform', args, { maxBuffer: 1 << 27 }, (error, stdout) => {
      if (!stdout) return reject(error)
      const { resources } = JSON.parse(stdout)
      resolve((resources ?? []).map(({ kind, name, msg }) => `Kubernetes ${version}: ${kind} ${name}: ${msg}`))
    })
  })
}

function fileOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return [kind, group.split('.')[0], version].filter(Boolean).join('-').toLowerCase()
}
