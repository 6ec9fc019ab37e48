output "states" {
  description = "The bucket of the states."
  value       = module.states.name
}

output "workload_identity_provider" {
  description = "For the workflows: the variable WORKLOAD_IDENTITY_PROVIDER of the environment development."
  value       = module.ci.provider
}

output "service_account" {
  description = "For the workflows: the variable SERVICE_ACCOUNT of the environment development."
  value       = module.ci.account
}
