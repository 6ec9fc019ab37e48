# Second stage of prod: three zones, nodes without addresses, a Cloud SQL that another zone takes over.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.50, < 8" }
  }
}

locals {
  labels = { app = "wheelhouse", environment = "prod" }
}

provider "google" {
  project = var.project
  region  = var.region
}

module "network" {
  source           = "../../../modules/gcp/network"
  project          = var.project
  name             = "wheelhouse-prod"
  region           = var.region
  private_services = true
  nat              = true
  flow_logs        = true
}

module "gke" {
  source              = "../../../modules/gcp/gke"
  project             = var.project
  name                = "wheelhouse-prod"
  location            = var.region
  network             = module.network.network
  subnetwork          = module.network.subnetwork
  machine_type        = "e2-standard-2"
  spot                = false
  nodes               = { min = 3, max = 6 }
  disk_gb             = 50
  private_nodes       = true
  cloud_load_balancer = true
  paid_observability  = true
  admin_ranges        = var.admin_ranges
  maintenance_start   = "03:00"
  labels              = local.labels
}

module "database" {
  source            = "../../../modules/gcp/cloudsql"
  project           = var.project
  name              = "wheelhouse-prod"
  region            = var.region
  network           = module.network.network
  tier              = "db-custom-2-7680"
  disk_gb           = 50
  high_availability = true
  backups           = 30
  backup_location   = "eu"
  max_connections   = 200
  labels            = local.labels
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
  location = var.region
  labels   = local.labels
}

module "files" {
  source   = "../../../modules/gcp/storage"
  project  = var.project
  name     = "${var.project}-dumps"
  location = "EU"
  days     = 35
  labels   = local.labels
}

module "models" {
  source        = "../../../modules/gcp/vertex"
  project       = var.project
  workload_pool = module.gke.workload_pool
}

module "console" {
  count    = length(var.console_hosts) > 0 ? 1 : 0
  source   = "../../../modules/gcp/cdn"
  project  = var.project
  bucket   = "${var.project}-console"
  location = "EU"
  hosts    = var.console_hosts
  labels   = local.labels
}

module "webhooks" {
  count   = var.webhooks_image == null ? 0 : 1
  source  = "../../../modules/gcp/webhook-run"
  project = var.project
  region  = var.region
  image   = var.webhooks_image
  open    = true
  labels  = local.labels
}
