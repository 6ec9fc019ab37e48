output "name" {
  description = "The bucket's name."
  value       = google_storage_bucket.this.name
}

output "url" {
  description = "The bucket as gs://NAME."
  value       = "gs://${google_storage_bucket.this.name}"
}
