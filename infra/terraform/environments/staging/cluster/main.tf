# Second stage of staging: like production in kind, small in size: one zone, a Cloud SQL with one machine.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.50, < 8" }
  }
}

locals {
  region = replace(var.zone, "/-[a-z]$/", "")
  labels = { app = "wheelhouse", environment = "staging" }
}

provider "google" {
  project = var.project
  region  = local.region
}

module "network" {
  source           = "../../../modules/gcp/network"
  project          = var.project
  name             = "wheelhouse-staging"
  region           = local.region
  private_services = true
}

module "gke" {
  source              = "../../../modules/gcp/gke"
  project             = var.project
  name                = "wheelhouse-staging"
  location            = var.zone
  network             = module.network.network
  subnetwork          = module.network.subnetwork
  nodes               = { min = 2, max = 3 }
  admin_ranges        = var.admin_ranges
  deletion_protection = false
  labels              = local.labels
}

module "database" {
  source              = "../../../modules/gcp/cloudsql"
  project             = var.project
  name                = "wheelhouse-staging"
  region              = local.region
  network             = module.network.network
  tier                = "db-g1-small"
  max_connections     = 50
  deletion_protection = false
  labels              = local.labels
}

module "secrets" {
  source  = "../../../modules/gcp/secrets"
  project = var.project
  values  = { database-url = module.database.url }
  labels  = local.labels
}

module "registry" {
  source   = "../../../modules/gcp/registry"
  project  = var.project
  location = local.region
  labels   = local.labels
}

module "models" {
  source        = "../../../modules/gcp/vertex"
  project       = var.project
  workload_pool = module.gke.workload_pool
}
