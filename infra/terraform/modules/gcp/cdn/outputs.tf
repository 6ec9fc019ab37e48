output "address" {
  description = "The address that the DNS of the hosts must lead to."
  value       = google_compute_global_address.this.address
}

output "bucket" {
  description = "Where the console's files go: gcloud storage rsync frontend/dist gs://BUCKET"
  value       = google_storage_bucket.this.name
}
