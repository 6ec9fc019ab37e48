import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { contentPolicy, servedPaths } from './served.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8')

test('nginx_never_shows_a_page_where_the_backend_answers', () => {
  const refused = /location ~ (\S+) \{\s*include headers\.conf;\s*return 404;/.exec(
    read('frontend/nginx/nginx.conf'),
  )![1]!
  const pattern = new RegExp(refused)

  const lost = servedPaths().filter((path) => !pattern.test(path.includes('.') ? path : `${path}/x`))
  const pages = ['/', '/threads', '/runs/1', '/tools', '/models', '/informed'].filter((page) => pattern.test(page))

  expect(lost).toEqual([])
  expect(pages).toEqual([])
})

test('the_chart_leads_the_same_paths_to_the_backend', () => {
  const routes = /^routes: \[(.*)\]$/m.exec(read('charts/wheelhouse/templates/backend/backend.yaml'))![1]!

  expect(routes.split(', ').toSorted()).toEqual(servedPaths())
})

test('the_backend_and_nginx_send_one_content_policy', () => {
  const directives = (policy: string) => policy.split(/;\s*/).toSorted()
  const java = read('backend/src/main/java/dev/wheelhouse/console/ConsoleFiles.java')
  const written = /POLICY =([^;]|;(?! ?\n|\n))*?;\n/.exec(java)![0]
  const policy = [...written.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('')

  expect(directives(policy)).toEqual(directives(contentPolicy()))
})
