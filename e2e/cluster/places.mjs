// The places of docs/network.md as Pods: with the labels of the real ones, so that the same policies hold them, one that
// asks and one that is asked (a Pod always reaches itself). They are never ready, so no Service sends them anything.

import { apply, kubectl, read, until } from './programs.mjs'
import { surroundings } from './surroundings.mjs'

const { namespace, release, probe } = surroundings
const elsewhere = `${namespace}-elsewhere`

const ours = (component, ports = {}) => place({ 'app.kubernetes.io/name': 'wheelhouse', ...of(component) }, ports)
const bundled = (name, component, ports = {}) => place({ 'app.kubernetes.io/name': name, ...of(component) }, ports)
const of = (component) => ({ 'app.kubernetes.io/instance': release, 'app.kubernetes.io/component': component })
const place = (labels, ports, where = namespace) => ({ labels, ports, namespace: where })

export const places = {
  backend: ours('backend', { http: 8080, metrics: 9090 }),
  frontend: ours('frontend', { http: 8080 }),
  test: ours('test'),
  postgres: bundled('postgresql', 'primary', { 'tcp-postgresql': 5432, 'http-metrics': 9187 }),
  dump: ours('backup'),
  controller: bundled('ingress-nginx', 'controller', { http: 80, https: 443, webhook: 8443, metrics: 10254 }),
  admission: bundled('ingress-nginx', 'admission-webhook'),
  monitoring: place({ app: 'prometheus' }, {}, 'monitoring'),
  anyone: place({ app: 'any' }, { http: 8080 }, elsewhere),
  closed: place({ app: 'closed' }, { http: 8080 }, elsewhere),
}

/** Nobody may come to the Pod `closed`: whoever does is a node, which no policy keeps out. */
const closes = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'closed', namespace: elsewhere },
  spec: { podSelector: { matchLabels: { app: 'closed' } }, policyTypes: ['Ingress'] },
}

const listen = (ports) =>
  `printf '%s' 'pid /tmp/pid; error_log /dev/stderr; events {} http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path /tmp/${kind};`)
    .join(' ')} server { ${ports.map((port) => `listen ${port};`).join(' ')} return 200; } }' > /tmp/conf; exec nginx -e /dev/stderr -c /tmp/conf -g 'daemon off;'`

const pod = (name, { labels, ports, namespace: where }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: where, labels: { ...labels, 'wheelhouse-e2e': 'place' } },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    },
    containers: [
      {
        name: 'place',
        image: probe,
        imagePullPolicy: 'IfNotPresent',
        command: ['/bin/sh', '-c', Object.keys(ports).length ? listen(Object.values(ports)) : 'exec sleep 3600'],
        ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
        readinessProbe: { exec: { command: ['/bin/sh', '-c', 'exit 1'] }, periodSeconds: 3600 },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: { requests: { cpu: '1m', memory: '4Mi' } },
      },
    ],
  },
})

/** Starts them all; the answer has each place's address. */
export async function settle() {
  const more = [...new Set(Object.values(places).map(({ namespace }) => namespace))].filter((name) => name !== namespace)
  await apply(...more.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'wheelhouse-e2e': 'place' } } })))
  await apply(
    closes,
    ...Object.entries(places).flatMap(([name, place]) => [
      pod(`asks-${name}`, { ...place, ports: {} }),
      pod(`asked-${name}`, place),
    ]),
  )
  return until('all places', 90, async () => {
    const { items } = JSON.parse(await kubectl('get', 'pods', '-A', '-l', 'wheelhouse-e2e=place', '-o', 'json'))
    const running = items.filter(({ status }) => status.phase === 'Running' && status.podIP)
    return running.length === 2 * Object.keys(places).length && Object.fromEntries(running.map(({ metadata, status }) => [metadata.name, status.podIP]))
  })
}

export async function clear() {
  await kubectl('delete', 'pods', '-l', 'wheelhouse-e2e=place', '--wait=false')
  await kubectl('delete', 'namespaces', '-l', 'wheelhouse-e2e=place', '--wait=false', '-n', 'default')
}

/** What is no Pod of ours: the name service, the API server, and addresses that the caller gives. */
export async function addresses() {
  const [slice] = (await read('endpointslices', '-n', 'default', '-l', 'kubernetes.io/service-name=kubernetes')).items
  const [dns] = (await read('pods', '-n', 'kube-system', '-l', 'k8s-app=kube-dns')).items
  const port = dns?.spec.containers[0].ports.find(({ protocol, name }) => protocol === 'TCP' && /dns/.test(name))?.containerPort
  const { internet, priv, metadata } = surroundings
  return [
    ['api-server:6443', slice.endpoints[0].addresses[0], slice.ports[0].port],
    dns && ['dns:53', dns.status.podIP, port],
    ...(internet ? [443, 80, 22].map((port) => [`internet:${port}`, internet, port]) : []),
    ...(priv ? [443, 80, 5432].map((port) => [`private:${port}`, priv, port]) : []),
    ...(metadata ? [['metadata:80', metadata, 80]] : []),
  ].filter(Boolean)
}
