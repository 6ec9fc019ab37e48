output "project" {
  description = "The project's id, once its services are on."
  value       = var.create ? google_project.this[0].project_id : var.project
  depends_on  = [google_project_service.this]
}
