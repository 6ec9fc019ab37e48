output "namespace" {
  description = "The release's namespace."
  value       = helm_release.this.namespace
}

output "values" {
  description = "What is set beside the values files: digests, hosts, the name of the database's Secret."
  value       = nonsensitive(local.own)
}
