# What lets a workflow of one repository act in the project, without any stored key: GitHub signs who runs, Google believes it for this
# repository and these refs.

locals {
  # An environment of GitHub's stands behind its own reviewers; a branch behind its protection.
  subjects = concat(
    [for e in var.environments : "repo:${var.repository}:environment:${e}"],
    [for r in var.refs : "repo:${var.repository}:ref:${r}"],
  )
}

resource "google_iam_workload_identity_pool" "this" {
  project                   = var.project
  workload_identity_pool_id = var.name
  display_name              = "GitHub"
}

resource "google_iam_workload_identity_pool_provider" "this" {
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.this.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository == \"${var.repository}\""
  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
  }
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "this" {
  project      = var.project
  account_id   = var.name
  display_name = "Workflows of ${var.repository}"
}

resource "google_service_account_iam_member" "this" {
  for_each           = toset(local.subjects)
  service_account_id = google_service_account.this.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.this.name}/subject/${each.key}"
}

resource "google_project_iam_member" "this" {
  for_each = var.roles
  project  = var.project
  role     = each.key
  member   = "serviceAccount:${google_service_account.this.email}"
}
