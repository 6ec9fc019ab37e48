# shellcheck shell=bash disable=SC2034 # read by those who source it
# What the scripts beside this one share: what is asked for, and how gcloud is called. Sourced.
#
#   PROJECT            the id of the Google Cloud project that pays
#   ZONE, NAME         where the cluster is and what it is called; else europe-west1-b, wheelhouse-learn
#   MACHINE, HOURS     its node, and after how many hours the nightly sweep may take it; else e2-medium, 12
#   NAMESPACE          of the release; else wheelhouse
#   BACKUP             the folder that "down" writes the last dump to; else backups
#   WAIT               for how many seconds "down" waits until what costs is gone; else 600

# shellcheck source=infra/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
scripts=$root/scripts
zone=${ZONE:-europe-west1-b} name=${NAME:-wheelhouse-learn} machine=${MACHINE:-e2-medium} hours=${HOURS:-12}
namespace=${NAMESPACE:-wheelhouse} release=${RELEASE:-wheelhouse} wait=${WAIT:-600}

check_settings() {
  local wrong=()
  [ -n "${PROJECT:-}" ] || wrong+=("PROJECT is not set: the id of the Google Cloud project that pays (gcloud projects list).")
  [[ $zone =~ ^[a-z]+-[a-z]+[0-9]+-[a-z]$ ]] || wrong+=("ZONE is \"$zone\": a zone such as europe-west1-b; a region costs the fee and three times the nodes.")
  [[ $name =~ ^[a-z][a-z0-9-]{0,38}[a-z0-9]$ ]] || wrong+=("NAME is \"$name\": small letters, digits and hyphens, a letter first, at most 40.")
  [[ $hours =~ ^[1-9][0-9]{0,3}$ ]] || wrong+=("HOURS is \"$hours\": a number from 1 to 9999.")
  [[ $wait =~ ^[0-9]+$ ]] || wrong+=("WAIT is \"$wait\": a number of seconds.")
  [ ${#wrong[@]} -eq 0 ] || fail "$(printf '%s\n' "${wrong[@]}")"
}

# What failed is said after what gcloud says of it.
doing='reading the settings'
g() { gcloud --project "$PROJECT" --quiet "$@" || fail "Stopped while $doing. Nothing after it was done; run this again, it goes on where it stopped."; }

# A list that was refused is not an empty one, but gcloud only warns of it and says that all went well.
listed() {
  local errors code=0
  errors=$(mktemp)
  gcloud --project "$PROJECT" --quiet "$@" 2>"$errors" || code=$?
  cat "$errors" >&2
  ! grep -q 'requests did not succeed' "$errors" || code=1
  rm "$errors"
  [ "$code" -eq 0 ] || fail "Stopped while $doing. Nothing after it was done; run this again, it goes on where it stopped."
}

# The status of the cluster, or nothing where there is none. A list tells "none" from "refused", which describe does not.
cluster_status() {
  listed container clusters list --filter="name=$name AND location=$zone" --format='value(status)'
}

# Unused disks that GKE made for volumes of this cluster: the label says whose they are. Others' are never touched.
leftover_disks() {
  listed compute disks list --filter="zone:$zone AND labels.goog-k8s-cluster-name=$name AND -users:*" --format='value(name)'
}

leftover_addresses() {
  listed compute addresses list --filter="status=RESERVED AND labels.app=wheelhouse" --format='value(name,region.basename())'
}
