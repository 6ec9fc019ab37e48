# Third stage of dev: the release, on the cluster of the second. It looks the cluster up by name and shares no state with it, so the
# cluster can be changed or destroyed without asking a cluster that is gone.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google     = { source = "hashicorp/google", version = ">= 6.50, < 8" }
    helm       = { source = "hashicorp/helm", version = ">= 3.1, < 4" }
    kubernetes = { source = "hashicorp/kubernetes", version = ">= 2.38, < 4" }
  }
}

provider "google" {
  project = var.project
}

data "google_client_config" "this" {}

data "google_container_cluster" "this" {
  name     = "wheelhouse-dev"
  location = var.location
}

locals {
  cluster = {
    host                   = "https://${data.google_container_cluster.this.endpoint}"
    token                  = data.google_client_config.this.access_token
    cluster_ca_certificate = base64decode(data.google_container_cluster.this.master_auth[0].cluster_ca_certificate)
  }
}

provider "kubernetes" {
  host                   = local.cluster.host
  token                  = local.cluster.token
  cluster_ca_certificate = local.cluster.cluster_ca_certificate
}

provider "helm" {
  kubernetes = local.cluster
}

module "app" {
  source   = "../../../modules/app"
  chart    = var.chart
  registry = var.registry
  digests  = var.digests
  hosts    = [var.host]
  values   = [file("${path.module}/../../../../../values/dev.yaml")]
}
