output "provider" {
  description = "For the workflows: the variable WORKLOAD_IDENTITY_PROVIDER of the environment."
  value       = google_iam_workload_identity_pool_provider.this.name
}

output "account" {
  description = "For the workflows: the variable SERVICE_ACCOUNT of the environment."
  value       = google_service_account.this.email
}
