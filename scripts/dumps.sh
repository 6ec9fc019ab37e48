# shellcheck shell=bash
# shellcheck disable=SC2154 # release, namespace and root are those of release.sh
# Runs charts/wheelhouse/files/dump.sh where Postgres's programs are and the database can be reached: in the bundled Postgres, or in
# a Pod beside a Postgres of yours. Sourced, after release.sh.
#
#   POSTGRES_IMAGE=name:tag    an image with pg_dump in it, at least as new as the server, for a Postgres that is not the bundled
#                              one; not needed where backup.enabled has brought one

beside=

# Where the CronJob of the dumps is there, its Pod has all that is needed, the kept dumps too.
open_postgres() {
  local cronjob
  [ -z "$(postgres_pod)" ] || return 0
  cronjob=$(k get cronjobs -l "$(labels_of backup)" -o jsonpath='{.items[*].metadata.name}' | tr ' ' '\n' | grep -e '-restore$' || true)
  if [ -n "$cronjob" ]; then
    beside=job/$(start_job "${cronjob%%$'\n'*}")
  elif [ -n "${POSTGRES_IMAGE:-}" ]; then
    beside=pod/$(start_pod)
  else
    fail "Postgres is not the bundled one: set POSTGRES_IMAGE=name:tag to an image with pg_dump, or backup.enabled in the values."
  fi
}

close_postgres() {
  [ -z "$beside" ] || k delete "$beside" --wait=false --ignore-not-found >/dev/null 2>&1
  beside=
}

# Runs dump.sh with these arguments; its standard input and output are the caller's.
at_postgres() { # arguments of dump.sh
  local script
  script=$(cat "$root/charts/wheelhouse/files/dump.sh")
  if [ -n "$beside" ]; then
    k exec -i "$beside" -- /bin/sh -c "$script" dump.sh "$@"
  else
    in_postgres "set -- $*
$script"
  fi
}

# Writes a dump of now to this computer, and proves it by its content: the dump of another database, or half of one, is a file of some
# size too.
back_up() { # what goes into its name
  local folder=${BACKUP:-backups} file tables
  mkdir -p "$folder"
  file=$folder/$release-$1-$(date -u +%Y%m%dT%H%M%SZ).dump
  (umask 077 && : >"$file")
  open_postgres
  at_postgres write >"$file" || fail "The dump was not written."
  tables=$(at_postgres prove <"$file") || fail "The dump in $file is of no use."
  close_postgres
  say "Backed up: $file, $(($(wc -c <"$file") / 1024)) KiB, $tables. To go back to it: make restore FILE=$file"
}

# The CronJob's own Pod, which waits in place of restoring, and fetches nothing.
start_job() { # name of the CronJob
  local name=$1-by-hand
  k delete job "$name" --ignore-not-found --wait >/dev/null
  k create job "$name" --from="cronjob/$1" --dry-run=client -o json |
    k patch --local -f - --type=json -o json -p '[
      {"op":"add","path":"/spec/template/spec/initContainers","value":[]},
      {"op":"replace","path":"/spec/template/spec/containers/0/command","value":["/bin/sh","-c","sleep 7200"]},
      {"op":"add","path":"/spec/activeDeadlineSeconds","value":7200},{"op":"add","path":"/spec/backoffLimit","value":0}]' |
    k create -f - >/dev/null || fail "The Pod for the dump cannot be made: see above."
  k wait pod -l "batch.kubernetes.io/job-name=$name" --for=jsonpath='{.status.phase}'=Running --timeout=180s >/dev/null ||
    fail "The Pod for the dump does not start: kubectl -n $namespace describe pod -l batch.kubernetes.io/job-name=$name"
  echo "$name"
}

# With the variables of the backend, and under its NetworkPolicy. Never ready, so no Service sends it a request.
start_pod() {
  local env labels name
  name=$(name_of deployment backend)-dump
  env=$(of_backend .env)
  labels=$(k get deployments -l "$(labels_of backend)" -o jsonpath='{.items[0].spec.selector.matchLabels}')
  k delete pod "$name" --ignore-not-found >/dev/null
  k create -f - >/dev/null <<END
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$name","labels":$labels},
 "spec":{"restartPolicy":"Never","automountServiceAccountToken":false,"activeDeadlineSeconds":7200,
  "securityContext":{"runAsNonRoot":true,"runAsUser":10001,"seccompProfile":{"type":"RuntimeDefault"}},
  "containers":[{"name":"dump","image":"$POSTGRES_IMAGE","env":$env,"command":["/bin/sh","-c","sleep 7200"],
   "readinessProbe":{"exec":{"command":["/no-one-shall-send-requests-here"]},"periodSeconds":300},
   "securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}},
   "resources":{"requests":{"cpu":"100m","memory":"64Mi","ephemeral-storage":"8Mi"},"limits":{"cpu":"1","memory":"256Mi","ephemeral-storage":"32Mi"}}}]}}
END
  k wait pod "$name" --for=jsonpath='{.status.phase}'=Running --timeout=180s >/dev/null ||
    fail "The Pod for the dump does not start: kubectl -n $namespace describe pod $name"
  echo "$name"
}
