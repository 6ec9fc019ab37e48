# shellcheck shell=bash disable=SC2034 # read by those who source it
# What the scripts beside this one share: what is asked for, and how aws is called. Sourced.
#
#   AWS_PROFILE or other credentials, AWS_REGION    as aws wants them
#   NAME               of the cluster; else wheelhouse-learn
#   MACHINES, HOURS    machine types that will do for its node, and after how many hours the sweep may take it; else "t3.medium t3a.medium", 12
#   NAMESPACE          of the release; else wheelhouse
#   BACKUP             the folder that "down" writes the last dump to; else backups
#   WAIT               for how many seconds "down" waits until what costs is gone; else 600

# shellcheck source=infra/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
scripts=$root/scripts
name=${NAME:-wheelhouse-learn} machines=${MACHINES:-t3.medium t3a.medium} hours=${HOURS:-12}
namespace=${NAMESPACE:-wheelhouse} release=${RELEASE:-wheelhouse} wait=${WAIT:-600}

check_settings() {
  local wrong=()
  [[ ${AWS_REGION:-} =~ ^[a-z]{2}(-[a-z]+)+-[0-9]$ ]] || wrong+=("AWS_REGION is \"${AWS_REGION:-}\": a region such as eu-central-1.")
  [[ $name =~ ^[a-zA-Z0-9][a-zA-Z0-9-]{0,50}$ ]] || wrong+=("NAME is \"$name\": letters, digits and hyphens, at most 51.")
  [[ $machines =~ ^[a-z0-9-]+\.[a-z0-9]+( [a-z0-9-]+\.[a-z0-9]+)*$ ]] || wrong+=("MACHINES is \"$machines\": machine types such as \"t3.medium t3a.medium\".")
  [[ $hours =~ ^[1-9][0-9]{0,3}$ ]] || wrong+=("HOURS is \"$hours\": a number from 1 to 9999.")
  [[ $wait =~ ^[0-9]+$ ]] || wrong+=("WAIT is \"$wait\": a number of seconds.")
  [ ${#wrong[@]} -eq 0 ] || fail "$(printf '%s\n' "${wrong[@]}")"
}

# What failed is said after what aws says of it.
doing='reading the settings'
a() { AWS_PAGER='' aws --region "$AWS_REGION" --output text "$@" || fail "Stopped while $doing. Nothing after it was done; run this again, it goes on where it stopped."; }

# Lists tell "none" from "refused", which describe does not. Text output writes None for nothing.
cluster_named() { # name; prints it if it is there
  local all
  all=$(a eks list-clusters --query 'clusters[]') || return
  tr '\t' '\n' <<<"$all" | grep -xF -- "$1" || true
}

node_group_of() { # cluster
  local all
  all=$(a eks list-nodegroups --cluster-name "$1" --query 'nodegroups[]') || return
  tr '\t' '\n' <<<"$all" | grep -xF main || true
}

# Volumes that the cluster made for claims carry its name; those that nobody uses cost until they are deleted.
leftover_volumes() { # cluster
  local all
  all=$(a ec2 describe-volumes --filters "Name=tag:kubernetes.io/cluster/$1,Values=owned" Name=status,Values=available --query 'Volumes[].VolumeId') || return
  tr '\t' '\n' <<<"$all" | grep . || true
}

# The policies of the two roles, and who takes them on.
roles='cluster nodes'
trusted_by() { [ "$1" = cluster ] && echo eks.amazonaws.com || echo ec2.amazonaws.com; }
policies_of() {
  case $1 in
    cluster) echo AmazonEKSClusterPolicy ;;
    # One node with its own rights to make disks costs nothing; production gives them to the driver's Pod alone (infra/terraform).
    nodes) echo AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy AmazonEC2ContainerRegistryPullOnly service-role/AmazonEBSCSIDriverPolicy ;;
  esac
}
role_named() { # name
  local all
  all=$(a iam list-roles --query 'Roles[].RoleName') || return
  tr '\t' '\n' <<<"$all" | grep -xF -- "$1" || true
}
