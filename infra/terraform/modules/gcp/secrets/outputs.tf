output "ids" {
  description = "The secrets' full names, by name."
  value       = { for name, secret in google_secret_manager_secret.this : name => secret.id }
}
