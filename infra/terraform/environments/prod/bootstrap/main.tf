# First stage of prod, once, by a person: the project, its services and its budget, the bucket of the states, and the identity of the
# workflows. Its own state begins on your computer and moves into the bucket: docs/infrastructure.md.

terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = ">= 6.50, < 8" }
  }
}

variable "project" {
  description = "The id of the project of prod."
  type        = string
}

variable "create_project" {
  description = "Make the project. False: it is there already."
  type        = bool
  default     = false
}

variable "billing_account" {
  description = "Who pays, as 012345-6789AB-CDEF01."
  type        = string
}

variable "repository" {
  description = "The repository whose workflows deploy, as OWNER/NAME."
  type        = string
}

variable "region" {
  description = "Where the states are kept."
  type        = string
  default     = "europe-west1"
}

locals {
  labels = { app = "wheelhouse", environment = "prod" }
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
  monthly_budget  = 600
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
  environments = ["production"]
  roles        = ["roles/container.developer", "roles/artifactregistry.writer", "roles/secretmanager.secretAccessor"]
}

output "states" {
  description = "The bucket of the states."
  value       = module.states.name
}

output "workload_identity_provider" {
  description = "For the workflows: the variable WORKLOAD_IDENTITY_PROVIDER of the environment production."
  value       = module.ci.provider
}

output "service_account" {
  description = "For the workflows: the variable SERVICE_ACCOUNT of the environment production."
  value       = module.ci.account
}
