output "cluster" {
  description = "The cluster's name."
  value       = module.gke.name
}

output "registry" {
  description = "What images begin with."
  value       = module.registry.address
}

output "models_account" {
  description = "For the chart: backend.serviceAccount.annotations, iam.gke.io/gcp-service-account."
  value       = module.models.account
}
