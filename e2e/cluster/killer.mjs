// A SIGKILL from outside the container, which nothing in it can see coming: by a privileged Pod in a namespace of its own.

import { kubectl, read, until } from './programs.mjs'
import { surroundings } from './surroundings.mjs'

const killers = `${surroundings.namespace}-killer`

export async function killOutright(name) {
  const pod = await read('pod', name)
  const container = pod.status.containerStatuses[0].containerID.replace(/^.*:\/\//, '')
  await kubectl('delete', 'namespace', killers, '--ignore-not-found', '--wait', '-n', 'default')
  await kubectl('create', 'namespace', killers, '-n', 'default')
  const overrides = {
    spec: {
      hostPID: true,
      nodeName: pod.spec.nodeName,
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'killer',
          image: surroundings.probe,
          securityContext: { privileged: true, runAsUser: 0 },
          command: ['/bin/sh', '-c', `for p in /proc/[0-9]*; do grep -q ${container} $p/cgroup && kill -9 \${p#/proc/} && echo killed; done`],
        },
      ],
    },
  }
  await kubectl('run', 'killer', '-n', killers, `--image=${surroundings.probe}`, '--restart=Never', `--overrides=${JSON.stringify(overrides)}`)
  await until('the kill', 30, async () => (await kubectl('logs', 'killer', '-n', killers)).includes('killed'))
  kubectl('delete', 'namespace', killers, '--wait=false', '-n', 'default').catch(() => {})
}
