# The chart on a cluster that is there already: its namespace, the Secret with the database's address, and the release. It has a state
# of its own, apart from the cluster's: a provider that is configured by a cluster of the same state loses its way when that one goes.

locals {
  images = {
    for name, digest in var.digests : name => merge({ digest = digest }, var.registry == null ? {} : { registry = var.registry })
  }
  # Later files win, and what is known here wins over files.
  own = yamlencode(merge(
    { for name, image in local.images : name => { image = image } },
    var.hosts == null ? {} : { ingress = { hosts = var.hosts } },
    var.database_url == null ? {} : {
      postgresql = { enabled = false }
      database   = { existingSecret = one(kubernetes_secret_v1.database[*].metadata[0].name), existingSecretUrlKey = "url" }
    },
  ))
}

resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = var.namespace
    labels = {
      # Everything in the chart keeps to it.
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

resource "kubernetes_secret_v1" "database" {
  count = var.database_url == null ? 0 : 1
  metadata {
    name      = "${var.release}-database-address"
    namespace = kubernetes_namespace_v1.this.metadata[0].name
  }
  data = { url = var.database_url }
}

resource "helm_release" "this" {
  name      = var.release
  namespace = kubernetes_namespace_v1.this.metadata[0].name
  chart     = var.chart
  values    = concat(var.values, [local.own])
  timeout   = 900
  wait      = true
  # A release that does not become ready goes back to the one before.
  atomic          = true
  cleanup_on_fail = true
  max_history     = 10
}
