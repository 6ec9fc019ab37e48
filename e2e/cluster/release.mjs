// The release that most tests share: dev.yaml in a restricted namespace, made by the first that needs it.

import { figure } from './figures.mjs'
import { images, install, makeNamespace, values } from './platform.mjs'
import { surroundings } from './surroundings.mjs'

let installed

const { ingressUrl, ingressClass } = surroundings

/** What the release has beside dev.yaml where an ingress controller is there already. */
const entrance = ingressUrl
  ? ['--set', `ingress-nginx.enabled=false,ingress.className=${ingressClass},test.ingressUrl=${ingressUrl}`]
  : []

export const dev = (...args) => [...values('dev'), ...images(), ...entrance, ...args]

async function make() {
  await makeNamespace()
  const began = Date.now()
  await install(...dev(), '--wait')
  figure('helm install --wait of dev.yaml, s', Math.round((Date.now() - began) / 100) / 10, '<= 45')
}

export const release = () => (installed ??= make())

export const forgetRelease = () => (installed = undefined)
