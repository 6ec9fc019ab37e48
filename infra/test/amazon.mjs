// A stand-in for Amazon's cloud, which the real aws talks to: moto, with a doorman in front that remembers each request and fails those
// that it is told to.

import { spawn } from 'node:child_process'
import { createServer, request as send } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Starts both; `environment` makes aws use them and nothing of the user's own. `faults` is a list of what `kindOf` says. */
export async function amazon(moto) {
  const cloud = { requests: [], faults: [] }
  const port = await freePort()
  const child = spawn(moto, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' } })
  for (let tries = 0; !(await call(port, 'GET', '/moto-api/data.json')); tries++) {
    if (tries > 300) throw new Error('moto does not answer.')
    await pause(200)
  }
  // moto knows no add-ons.
  const addOns = []
  function addOn(method, cluster, name, body) {
    const made = method === 'POST' && JSON.parse(body).addonName
    if (made) addOns.push({ cluster, name: made })
    return name || made ? { addon: { addonName: name ?? made, clusterName: cluster, status: 'ACTIVE' } } : { addons: addOns.filter((one) => one.cluster === cluster).map((one) => one.name) }
  }
  const doorman = createServer((incoming, answer) => {
    const chunks = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      const kind = kindOf(incoming, body.toString())
      cloud.requests.push({ kind, body: body.toString() })
      if (cloud.faults.includes(kind)) {
        answer.writeHead(403, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'AccessDeniedException' })
        answer.end('{"message": "made to fail", "__type": "AccessDeniedException"}')
        return
      }
      const { method, url: path, headers } = incoming
      const addon = path.match(/^\/clusters\/([^/]+)\/addons(?:\/([^/?]+))?/)
      if (addon) {
        answer.writeHead(200, { 'Content-Type': 'application/json' })
        answer.end(JSON.stringify(addOn(method, addon[1], addon[2], body)))
        return
      }
      const onward = send({ port, host: '127.0.0.1', method, path, headers }, (reply) => {
        answer.writeHead(reply.statusCode, reply.headers)
        reply.pipe(answer)
      })
      onward.end(body)
    })
  })
  await new Promise((ready) => doorman.listen(0, '127.0.0.1', ready))
  cloud.environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${doorman.address().port}`, AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none',
    AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1',
  }
  cloud.reset = async () => {
    cloud.requests.length = 0
    cloud.faults = []
    addOns.length = 0
    await call(port, 'POST', '/moto-api/reset')
  }
  cloud.close = () => {
    doorman.close()
    child.kill()
  }
  return cloud
}

/** "ec2 DescribeVolumes" or "eks POST /clusters". */
function kindOf({ method, url, headers }, body) {
  const service = headers.authorization?.match(/\/([a-z0-9-]+)\/aws4_request/)?.[1] ?? ''
  const action = body.match(/^Action=(\w+)|&Action=(\w+)/)
  return `${service} ${action ? (action[1] ?? action[2]) : `${method} ${url.split('?')[0]}`}`
}

const call = (port, method, path) =>
  new Promise((resolve) => {
    const one = send({ port, host: '127.0.0.1', method, path }, (reply) => {
      reply.resume()
      reply.on('end', () => resolve(reply.statusCode < 500))
    })
    one.on('error', () => resolve(false))
    one.end()
  })

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
