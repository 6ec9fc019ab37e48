output "address" {
  description = "What images begin with: the chart's global.image.registry."
  value       = "${var.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.this.repository_id}"
}
