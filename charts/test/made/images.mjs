// images.txt: every image that some values file needs, for mirrors.

import { inPairs, ofKind, render } from '../rendering.mjs'
import { pods } from '../rules.mjs'
import { aDigest, ways } from '../ways.mjs'

/** Those name images that are loaded by hand, or the same ones at a mirror. */
const notPulled = /\+ (airgap|gitops|current|local)$/

export async function imageList() {
  const found = await inPairs(
    Object.entries(ways).filter(([way]) => !notPulled.test(way)),
    async ([, { args }]) => {
      const objects = await render(...args)
      const images = pods(objects).flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers].map(({ image }) => image))
      return [...images, ...ofKind(objects, 'Cluster').flatMap(({ spec }) => spec.imageName ?? [])]
    },
  )
  const all = new Set(found.flat().map((image) => image.replace(`@${aDigest}`, ':latest')))
  return `# Every image that the chart needs with some file of values/, for a mirror: made by "make gen-chart". Bitnami publishes its own under
# the tag "latest" only, whose digest is not known here: note the one of what you mirror, and set postgresql.image.digest. Ours are known
# when they are built. The others are of all architectures. CloudNativePG's operator brings the images of its Postgres itself.
${[...all].sort().join('\n')}
`
}
