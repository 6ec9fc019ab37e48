# Second stage of dev: the cheapest cluster that runs everything: one zone, one Spot node, no load balancer, Postgres inside.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.50, < 8" }
  }
}

locals {
  region = replace(var.zone, "/-[a-z]$/", "")
  labels = { app = "wheelhouse", environment = "dev" }
}

provider "google" {
  project = var.project
  region  = local.region
}

module "network" {
  source  = "../../../modules/gcp/network"
  project = var.project
  name    = "wheelhouse-dev"
  region  = local.region
}

module "gke" {
  source              = "../../../modules/gcp/gke"
  project             = var.project
  name                = "wheelhouse-dev"
  location            = var.zone
  network             = module.network.network
  subnetwork          = module.network.subnetwork
  deletion_protection = false
  labels              = local.labels
}

# On one node the address of the node is the address of the release: it may be reached at the ports of values/dev.yaml.
resource "google_compute_firewall" "node_ports" {
  project       = var.project
  name          = "wheelhouse-dev-node-ports"
  network       = module.network.network
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["30080", "30443"]
  }
  timeouts {
    delete = "10m"
  }
}

module "registry" {
  source   = "../../../modules/gcp/registry"
  project  = var.project
  location = local.region
  labels   = local.labels
}

module "dumps" {
  source    = "../../../modules/gcp/storage"
  project   = var.project
  name      = "${var.project}-dumps"
  location  = local.region
  days      = 14
  deletable = true
  labels    = local.labels
}
