# shellcheck shell=bash
# What the scripts share that look at an installed release. Needs kubectl and helm only; sourced.
#
#   NAMESPACE=wheelhouse RELEASE=wheelhouse    where it is, or will be
#   VALUES="prod gke"                          files of values/, or paths, as for the install
#   FLAGS="--set …"                            more for helm
#   WHEELHOUSE_CHARTS_DIR                      the sub-charts, unpacked or as archives, where they cannot be fetched

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
namespace=${NAMESPACE:-wheelhouse}
release=${RELEASE:-wheelhouse}
# The one on the path, else one of our own.
helm=${HELM:-$(command -v helm || "$root/scripts/chart-helm" 4)}

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

require_programs() {
  command -v kubectl >/dev/null || fail "This needs kubectl: install it, then try again."
  kubectl version >/dev/null 2>&1 || fail "The cluster of the context \"$(kubectl config current-context 2>/dev/null)\" does not answer: check KUBECONFIG and \"kubectl cluster-info\"."
}

k() { kubectl --namespace "$namespace" "$@"; }

h() { # command, then arguments
  local command=$1
  shift
  "$helm" "$command" "$@" --namespace "$namespace"
}

is_installed() { h status "$release" >/dev/null 2>&1; }

# What was asked for: the release's own values are kept by helm, not by us.
release_flags() {
  local name
  flags=()
  for name in ${VALUES:-}; do
    if [ -f "$name" ]; then
      flags+=(-f "$name")
    else
      [ -f "$root/values/$name.yaml" ] || fail "VALUES names \"$name\", which is neither a file nor one of values/: $(cd "$root/values" && echo *.yaml | sed 's/\.yaml//g')."
      flags+=(-f "$root/values/$name.yaml")
    fi
  done
  # shellcheck disable=SC2206 # several flags in one variable
  flags+=(${FLAGS:-})
}

# Prints the folder of the chart with its sub-charts: our own, or a copy with those of WHEELHOUSE_CHARTS_DIR.
whole_chart() { # folder for the copy
  if [ -n "${WHEELHOUSE_CHARTS_DIR:-}" ]; then
    cp -R "$root/charts/wheelhouse" "$1/chart"
    rm -rf "$1/chart/charts"
    cp -R "$WHEELHOUSE_CHARTS_DIR" "$1/chart/charts"
    echo "$1/chart"
  else
    if [ ! -d "$root/charts/wheelhouse/charts" ]; then
      "$helm" dependency build "$root/charts/wheelhouse" >/dev/null || return 1
    fi
    echo "$root/charts/wheelhouse"
  fi
}

postgres_pod() {
  k get pods -l "app.kubernetes.io/instance=$release,app.kubernetes.io/name=postgresql,app.kubernetes.io/component=primary" \
    -o jsonpath='{.items[0].metadata.name}' 2>/dev/null
}

# Runs a line of shell in the bundled Postgres, with its programs on the path; the password never is an argument.
in_postgres() { # line
  k exec -i "$(postgres_pod)" -c postgresql -- /bin/sh -c "
    PATH=\$PATH:\$(echo /usr/lib/postgresql/*/bin):/opt/bitnami/postgresql/bin
    for file in \"\${POSTGRES_POSTGRES_PASSWORD_FILE:-}\" \"\${POSTGRES_PASSWORD_FILE:-}\" /secret/password; do
      [ ! -f \"\$file\" ] || { PGPASSWORD=\$(cat \"\$file\"); break; }
    done
    export PGPASSWORD=\${PGPASSWORD:-\${POSTGRES_POSTGRES_PASSWORD:-\${POSTGRES_PASSWORD:-}}} PGUSER=postgres PGHOST=127.0.0.1
    $1"
}

database_name() {
  k get deployment "$release-backend" -o jsonpath='{.spec.template.spec.containers[0].env[?(@.name=="DATABASE_NAME")].value}'
}
