# Vertex AI for the backend, without a key: the backend's Kubernetes account acts as a service account that may call models and no more.

resource "google_project_service" "this" {
  project            = var.project
  service            = "aiplatform.googleapis.com"
  disable_on_destroy = false
}

resource "google_service_account" "this" {
  project      = var.project
  account_id   = var.name
  display_name = "Models for Wheelhouse's backend"
}

resource "google_project_iam_member" "this" {
  project = var.project
  role    = "roles/aiplatform.user"
  member  = "serviceAccount:${google_service_account.this.email}"
}

resource "google_service_account_iam_member" "this" {
  service_account_id = google_service_account.this.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.workload_pool}[${var.namespace}/${var.kubernetes_account}]"
}
