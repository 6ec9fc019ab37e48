output "account" {
  description = "For the chart: backend.serviceAccount.annotations, iam.gke.io/gcp-service-account."
  value       = google_service_account.this.email
}
