// What the tests are told about the cluster, by the environment; nothing is guessed.
//
//   KUBECONFIG             the cluster; without it everything here is skipped, loudly
//   BACKEND_IMAGE          name:tag of images that the cluster has or can pull
//   FRONTEND_IMAGE
//   NEXT_BACKEND_IMAGE     the same backend under another tag, for the upgrade; else a changed value alone is rolled out
//   POSTGRES_IMAGE         for the stand-in of the Postgres chart: any with Debian's Postgres in it
//   WHEELHOUSE_CHARTS_DIR  the real sub-charts, unpacked or as archives, in place of the stand-ins
//   INGRESS_URL            where the ingress controller answers; else its Service is forwarded
//   WORLD                  an address outside of the cluster that accepts on the ports 443, 80 and 5432
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
  world: given.WORLD,
  namespace: given.NAMESPACE ?? 'wheelhouse-e2e',
  release: 'wheelhouse',
}
