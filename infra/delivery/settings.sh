# shellcheck shell=bash disable=SC2034 # read by those who source it
# What the scripts beside this one share. Each reads its settings from the environment, names all that are wrong at once, and writes its
# results where GitHub's runner wants them (GITHUB_OUTPUT), or prints them.

# shellcheck source=infra/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
namespace=${NAMESPACE:-wheelhouse} release=${RELEASE:-wheelhouse}
helm=${HELM:-helm}

wrong=()
needs() { # name, pattern, what it has to be
  [[ ${!1:-} =~ $2 ]] || wrong+=("$1 is \"${!1:-}\": $3.")
}
stop_if_wrong() { [ ${#wrong[@]} -eq 0 ] || fail "$(printf '%s\n' "${wrong[@]}")"; }

is_chart='^oci://[^@[:space:]]+@sha256:[0-9a-f]{64}$'
is_digest='^sha256:[0-9a-f]{64}$'
is_number='^[1-9][0-9]*$'

output() { # name, value
  if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "$1=$2" >>"$GITHUB_OUTPUT"; fi
  say "$1=$2"
}

# Signatures are keyless where IDENTITY says who must have signed, else made and checked with a key pair: SIGNING_KEY, VERIFYING_KEY.
# PLAIN_HTTP=yes is for registries on this computer.
signing() {
  if [ -n "${SIGNING_KEY:-}" ]; then
    echo --key "$SIGNING_KEY" --tlog-upload=false --use-signing-config=false
  fi
}
verifying() {
  if [ -n "${VERIFYING_KEY:-}" ]; then
    echo --key "$VERIFYING_KEY" --insecure-ignore-tlog=true
  else
    echo --certificate-identity "$IDENTITY" --certificate-oidc-issuer https://token.actions.githubusercontent.com
  fi
}
over_http() { [ -z "${PLAIN_HTTP:-}" ] || echo "$1"; }
