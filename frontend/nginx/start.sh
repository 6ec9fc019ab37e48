#!/bin/sh
# Starts nginx, on IPv6 as well where the kernel has it: there is no IPv4 in some clusters, and nginx does not start on an address family
# that is not there.
set -eu
[ ! -e /proc/net/if_inet6 ] || echo 'listen [::]:8080;' >/tmp/listen-on-ipv6.conf
exec nginx -e /dev/stderr -g 'daemon off;' "$@"
