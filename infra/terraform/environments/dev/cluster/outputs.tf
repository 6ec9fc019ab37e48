output "cluster" {
  description = "The cluster's name."
  value       = module.gke.name
}

output "registry" {
  description = "What images begin with."
  value       = module.registry.address
}

output "dumps" {
  description = "Where dumps go before the night."
  value       = module.dumps.url
}
