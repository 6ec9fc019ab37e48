// What the tests are told about the cluster, by the environment; nothing is guessed.
//
//   KUBECONFIG             the cluster; without it everything here is skipped, loudly
//   BACKEND_IMAGE          name:tag of images that the cluster has or can pull
//   FRONTEND_IMAGE
//   NEXT_BACKEND_IMAGE     the same backend under another tag, for the upgrade; else a changed value alone is rolled out
//   POSTGRES_IMAGE         for the stand-in of the Postgres chart: any with Debian's Postgres in it
//   WHEELHOUSE_CHARTS_DIR  the real sub-charts, unpacked or as archives, in place of the stand-ins
//   INGRESS_URL            where an ingress controller that is there already answers, and its class (nginx); else the bundled
//   INGRESS_CLASS          one is installed and its Service forwarded
//   INTERNET               a public address that accepts on the ports 443, 80 and 22; a private one outside of the cluster that
//   PRIVATE                accepts on 443, 80 and 5432; and 169.254.169.254, if something accepts there on 80. What is not given
//   METADATA               is left out of the matrix of who reaches whom
//   NAMESPACE              wheelhouse-e2e, made anew and gone afterwards

const given = process.env

const needed = ['KUBECONFIG', 'BACKEND_IMAGE', 'FRONTEND_IMAGE']
if (!given.WHEELHOUSE_CHARTS_DIR) needed.push('POSTGRES_IMAGE')
const absent = needed.filter((name) => !given[name])

/** Why nothing can be tried here, or false. */
export const skip = absent.length > 0 && `${absent.join(', ')} not given: no cluster is tried`

const image = (name) => {
  const [, repository, tag] = /^(.*):([^:/]+)$/.exec(name ?? '') ?? []
  return { repository, tag }
}

export const surroundings = {
  backend: image(given.BACKEND_IMAGE),
  nextBackend: given.NEXT_BACKEND_IMAGE ? image(given.NEXT_BACKEND_IMAGE) : undefined,
  frontend: image(given.FRONTEND_IMAGE),
  probe: given.FRONTEND_IMAGE,
  postgres: given.POSTGRES_IMAGE ? image(given.POSTGRES_IMAGE) : undefined,
  charts: given.WHEELHOUSE_CHARTS_DIR,
  ingressUrl: given.INGRESS_URL,
  ingressClass: given.INGRESS_CLASS ?? 'nginx',
  internet: given.INTERNET,
  priv: given.PRIVATE,
  metadata: given.METADATA,
  namespace: given.NAMESPACE ?? 'wheelhouse-e2e',
  release: 'wheelhouse',
}
