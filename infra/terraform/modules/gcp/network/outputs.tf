output "network" {
  description = "The network's id. Whoever waits for it waits for the way to Cloud SQL as well."
  value       = google_compute_network.this.id
  depends_on  = [google_service_networking_connection.services]
}

output "subnetwork" {
  description = "The subnet's id."
  value       = google_compute_subnetwork.this.id
}

output "nodes_range" {
  description = "Addresses of nodes."
  value       = google_compute_subnetwork.this.ip_cidr_range
}

output "pods_range_name" {
  description = "The name of the range of Pods."
  value       = google_compute_subnetwork.this.secondary_ip_range[0].range_name
}

output "services_range_name" {
  description = "The name of the range of Services."
  value       = google_compute_subnetwork.this.secondary_ip_range[1].range_name
}
