// What each pattern of the schema means, for people.

const name = 'lower-case letters, digits and hyphens, beginning and ending with a letter or digit'
const duration = 'a whole number with ms, s, m or h, such as 30s'
const host = 'the name of a host, such as wheelhouse.example.org, without scheme, port and path'

/** A refusal says it beside the pattern, which Helm prints. */
export const forms = {
  '^$|^[A-Za-z][A-Za-z0-9-]{0,62}$': 'the name of a header, such as X-Canary, or empty',
  '^$|^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$': `the name of an object: ${name}; dots may be within`,
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$': `the name of an object: ${name}; dots may be within`,
  '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$': name,
  '^[-._a-zA-Z0-9]+$': 'a key of a Secret or ConfigMap: letters, digits, hyphens, dots and underscores',
  '^[-._a-zA-Z0-9]*$': 'a key of a Secret or ConfigMap: letters, digits, hyphens, dots and underscores',
  '^[0-9]+(ms|s|m|h)$': duration,
  '^$|^[0-9]+(ms|s|m|h)$': duration,
  '^[0-9]+[smh]$': 'a whole number with s, m or h, such as 1h',
  '^([3-9]|[1-5][0-9]|60)s$': 'whole seconds from 3s to 60s',
  '^([0-9]|[1-5][0-9]|60)s$': 'whole seconds from 0s to 60s',
  '^([1-9]|[1-5][0-9]|60)s$': 'whole seconds from 1s to 60s',
  '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$': 'an amount as Kubernetes writes it, such as 500m, 0.5 or 512Mi',
  '^([0-9]+%?)?$': 'a whole number, or one with %, such as 25%',
  '^[0-9a-fA-F.:]+/[0-9]{1,3}$': 'a network as address/bits, such as 10.0.0.0/8',
  '^(1[6-9]|[2-9][0-9]|[1-9][0-9]{2}|1000)MB$': 'whole megabytes from 16MB to 1000MB',
  '^[1-9][0-9]{1,4}m$': 'whole megabytes with m, such as 160m',
  '^$|^https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~-]+)*$': 'an address such as https://agents.example.org, without a slash at its end',
  '^[A-Za-z0-9_.-]*$': 'a tag: letters, digits, underscores, dots and hyphens; a digest goes to digest',
  '^$|^sha256:[0-9a-f]{64}$': 'a digest: sha256: and 64 hexadecimal digits',
  '^$|\\{\\{|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': host,
  '^$|^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$': host,
  '^$|^https?://[^\\s]+$': 'an address that begins with http:// or https://',
  '^https?://': 'an address that begins with http:// or https://',
  '^$|^http://[^\\s]+$': 'the address of a proxy that begins with http://, such as http://proxy:3128',
  '^(none|http://.+)$': 'none, or the address of a proxy that begins with http://',
  '^$|^https?://[^/]+/?$': 'http:// or https:// and a host, without a path',
  '^https?://([a-z0-9.-]+|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?$': 'an origin as browsers send it, such as https://app.example.org, without a path',
  '^(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$': 'a path that begins with a slash and ends without one, such as /wheelhouse',
  '^[a-z][a-z0-9-]{0,62}$': 'a name of at most 63 lower-case letters, digits and hyphens beginning with a letter',
  '^$|^[a-z][a-z0-9-]{0,62}$': 'the name of an agent: lower-case letters, digits and hyphens, a letter first',
  '^[A-Za-z_][A-Za-z0-9_]*$': 'the name of a variable: letters, digits and underscores, no digit first',
  '^[A-Za-z_][A-Za-z0-9_-]{0,50}$': 'the name of a database: letters, digits, underscores and hyphens, no digit first',
  '^/': 'the path of a file that begins with a slash',
  '^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*)?$': 'a bucket, and folders behind slashes, such as backups/wheelhouse',
  '^[a-z0-9-]{1,40}$': 'the name of a region, such as eu-central-1',
  '^[a-z]{1,20}$': 'one lower-case word, such as low',
  '^(@(yearly|monthly|weekly|daily|hourly)|([0-9A-Za-z*/,-]+ ){4}[0-9A-Za-z*/,-]+)$': 'a schedule of cron: five fields such as 17 2 * * *, or @daily',
}
