// Settings with which every environment can be planned on the stand-in: names that nobody has.

const digest = (digit) => `sha256:${String(digit).repeat(64)}`

const samples = {
  bootstrap: (environment) => ({
    project: `wheelhouse-${environment}`,
    billing_account: '012345-6789AB-CDEF01',
    repository: 'acme/wheelhouse',
  }),
  cluster: (environment) => ({
    project: `wheelhouse-${environment}`,
    ...(environment === 'prod' && {
      admin_ranges: { office: '192.0.2.0/24' },
      console_hosts: ['console.example.com'],
      webhooks_image: `registry.example.com/wheelhouse-backend@${digest(1)}`,
    }),
  }),
  app: (environment) => ({
    project: `wheelhouse-${environment}`,
    host: `${environment}.wheelhouse.example.com`,
    chart: `oci://registry.example.com/charts/wheelhouse@${digest(1)}`,
    registry: 'registry.example.com',
    digests: { backend: digest(2), frontend: digest(3) },
  }),
}

/** As arguments: -var name=value. */
export const settingsOf = (environment, stage) =>
  Object.entries(samples[stage](environment)).map(([name, value]) => `-var=${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
