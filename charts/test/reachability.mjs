// What NetworkPolicies allow, by the words of the API: a connection needs the egress of its one end and the ingress of the other.
//
// A place is {namespace, labels, ports: {name: number}, ip}; one without labels is no Pod, and no policy holds it back.

import { BlockList, isIPv4 } from 'node:net'

/** Whether `from` reaches `to` on the port with this number. */
export function reaches(policies, from, to, port) {
  return passes(policies, from, 'Egress', 'to', to, port, to) && passes(policies, to, 'Ingress', 'from', from, port, to)
}

function passes(policies, place, direction, side, other, port, ported) {
  const holding = policies.filter((policy) => policy.spec.policyTypes.includes(direction) && holds(policy, place))
  if (holding.length === 0) return true
  const rules = holding.flatMap((policy) =>
    (policy.spec[direction.toLowerCase()] ?? []).map((rule) => ({ rule, namespace: policy.metadata.namespace })),
  )
  return rules.some(
    ({ rule, namespace }) =>
      (!rule[side]?.length || rule[side].some((peer) => isPeer(peer, other, namespace))) &&
      (!rule.ports?.length || rule.ports.some((one) => one.port === undefined || number(one.port, ported) === port)),
  )
}

const holds = (policy, place) =>
  place.labels !== undefined && place.namespace === policy.metadata.namespace && selects(policy.spec.podSelector, place.labels)

function isPeer({ ipBlock, podSelector, namespaceSelector }, place, namespace) {
  if (ipBlock) return within(ipBlock.cidr, place.ip) && !(ipBlock.except ?? []).some((cidr) => within(cidr, place.ip))
  if (place.labels === undefined) return false
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': place.namespace })
    : place.namespace === namespace
  return inNamespace && (!podSelector || selects(podSelector, place.labels))
}

const selects = ({ matchLabels = {} }, labels) => Object.entries(matchLabels).every(([key, value]) => labels[key] === value)

const number = (port, place) => (typeof port === 'number' ? port : place.ports?.[port])

function within(cidr, ip) {
  const [network, prefix] = cidr.split('/')
  if (isIPv4(network) !== isIPv4(ip)) return false
  const block = new BlockList()
  block.addSubnet(network, Number(prefix), isIPv4(network) ? 'ipv4' : 'ipv6')
  return block.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')
}
