# shellcheck shell=bash
# What the scripts of infra/ share: how to speak, labels that say until when, and how a release leaves a cluster. Sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

require() { # program…
  local missing=()
  for program in "$@"; do command -v "$program" >/dev/null || missing+=("$program"); done
  [ ${#missing[@]} -eq 0 ] || fail "This needs ${missing[*]}: install it first."
}

# Seconds since 1970 of a label such as 2026-11-30t18-00, UTC.
seconds_of() { # label
  local text=${1/t/ }
  local day=${text% *} time=${text#* }
  date -u -d "$day ${time/-/:}" +%s 2>/dev/null || date -u -j -f '%Y-%m-%d %H:%M' "$day ${time/-/:}" +%s
}

expiry() { # hours from now, as a label
  date -u -d "+$1 hours" +%Y-%m-%dt%H-%M 2>/dev/null || date -u -v "+$1H" +%Y-%m-%dt%H-%M
}

# Takes the release off the cluster of the current context, with a dump of its data, and waits until nothing is left of it that would
# outlive the cluster and cost: load balancers, volumes. Reads DUMP and BACKUP.
uninstall() { # namespace, release, seconds to wait, and the namespace again where the cluster stays
  require helm kubectl
  if helm status "$2" -n "$1" >/dev/null 2>&1; then
    if [ "${DUMP:-yes}" != no ]; then
      NAMESPACE=$1 RELEASE=$2 BACKUP=${BACKUP:-backups} "$root/scripts/dump" || fail "There is no dump, so nothing was deleted. DUMP=no goes on without one."
    fi
    helm uninstall "$2" -n "$1" --wait --timeout 10m || fail "The release was not uninstalled; nothing was deleted."
  fi
  kubectl delete pvc --all -n "$1" --wait=false --ignore-not-found >/dev/null || fail "The volumes of the namespace $1 were not deleted; the cluster stays."
  "$root/infra/await-nothing-billed" "$3" "${4:-}" || exit 1
}
