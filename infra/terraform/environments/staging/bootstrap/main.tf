# First stage of staging, once, by a person: the project, its services and its budget, the bucket of the states, and the identity of the
# workflows. Its own state begins on your computer and moves into the bucket: docs/infrastructure.md.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.50, < 8" }
  }
}

locals {
  labels = { app = "wheelhouse", environment = "staging" }
}

provider "google" {
  project = var.project
  region  = var.region
  # Budgets are the payer's, not the project's.
  billing_project       = var.project
  user_project_override = true
}

module "project" {
  source          = "../../../modules/gcp/project"
  project         = var.project
  create          = var.create_project
  billing_account = var.billing_account
  monthly_budget  = 250
  labels          = local.labels
}

module "states" {
  source   = "../../../modules/gcp/storage"
  project  = module.project.project
  name     = "${var.project}-states"
  location = var.region
  labels   = local.labels
  members  = { ci = { member = "serviceAccount:${module.ci.account}", role = "roles/storage.objectUser" } }
}

module "ci" {
  source       = "../../../modules/gcp/ci-identity"
  project      = module.project.project
  repository   = var.repository
  environments = ["staging"]
  roles        = ["roles/container.developer", "roles/artifactregistry.writer", "roles/secretmanager.secretAccessor"]
}
