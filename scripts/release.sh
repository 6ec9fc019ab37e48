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
    HELM=$helm "$root/scripts/chart-dependencies" >&2 || return 1
    echo "$root/charts/wheelhouse"
  fi
}

# Objects are found by their labels: nameOverride, fullnameOverride and the release's name all change what they are called.
labels_of() { # component
  echo "app.kubernetes.io/instance=$release,app.kubernetes.io/part-of=wheelhouse,app.kubernetes.io/component=$1"
}

# Prints the name of the release's one object of that kind, or fails by saying what there is not.
name_of() { # kind, component
  local name
  name=$(k get "$1" -l "$(labels_of "$2")" -o jsonpath='{.items[*].metadata.name}')
  [ -n "$name" ] || fail "There is no $1 of the component \"$2\" of the release \"$release\" in the namespace \"$namespace\": set RELEASE and NAMESPACE to those of \"helm list -A\"."
  echo "${name%% *}"
}

# One field of the backend's container.
of_backend() { # jsonpath below the container
  k get deployments -l "$(labels_of backend)" -o jsonpath="{.items[0].spec.template.spec.containers[?(@.name==\"backend\")]$1}"
}

postgres_pod() {
  k get pods -l "app.kubernetes.io/instance=$release,app.kubernetes.io/component=primary" --field-selector status.phase=Running \
    -o jsonpath='{.items[*].metadata.name}' 2>/dev/null | cut -d ' ' -f 1
}

# What finds Postgres's programs where Debian, Bitnami and others put them.
# shellcheck disable=SC2016 # for the shell in a Pod
programs='for place in /usr/lib/postgresql/*/bin /opt/bitnami/postgresql/bin; do PATH=$PATH:$place; done'

# Runs a line of shell in the bundled Postgres as its superuser, with $database saying where to connect; the password never is
# an argument.
in_postgres() { # line
  local name
  name=$(database_name) || return
  k exec -i "$(postgres_pod)" -c postgresql -- /bin/sh -c "
    $programs
    for file in \"\${POSTGRES_POSTGRES_PASSWORD_FILE:-}\" \"\${POSTGRES_PASSWORD_FILE:-}\" /secret/password; do
      [ ! -f \"\$file\" ] || { PGPASSWORD=\$(cat \"\$file\"); break; }
    done
    export PGPASSWORD=\${PGPASSWORD:-\${POSTGRES_POSTGRES_PASSWORD:-\${POSTGRES_PASSWORD:-}}}
    database=\"host=127.0.0.1 user=postgres dbname=$name\"
    $1"
}

# Of the bundled Postgres. Never empty: a dump of no name is a dump of another database.
database_name() {
  local name
  name=$(of_backend '.env[?(@.name=="DATABASE_NAME")].value')
  [ -n "$name" ] || fail "The backend of \"$release\" in \"$namespace\" does not say which database it uses (DATABASE_NAME): set RELEASE and NAMESPACE to those of \"helm list -A\"."
  echo "$name"
}
