output "name" {
  description = "The cluster's name, once it has nodes."
  value       = google_container_cluster.this.name
  depends_on  = [google_container_node_pool.this]
}

output "endpoint" {
  description = "The address of the control plane."
  value       = google_container_cluster.this.endpoint
}

output "workload_pool" {
  description = "The pool that identities of Pods are from."
  value       = google_container_cluster.this.workload_identity_config[0].workload_pool
}

output "nodes_account" {
  description = "The nodes' service account."
  value       = google_service_account.nodes.email
}
