output "url" {
  description = "Where webhooks are sent."
  value       = google_cloud_run_v2_service.this.uri
}
