output "address" {
  description = "Where it is reached."
  value       = "https://${var.host}"
}
