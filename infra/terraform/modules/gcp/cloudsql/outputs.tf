output "name" {
  description = "The instance's name."
  value       = google_sql_database_instance.this.name
}

output "address" {
  description = "The instance's private address."
  value       = google_sql_database_instance.this.private_ip_address
}

output "url" {
  description = "The address that the chart's database.existingSecretUrlKey wants, with the password in it."
  value = format(
    "postgresql://%s:%s@%s:5432/%s?sslmode=require", google_sql_user.owner.name, random_password.owner.result,
    google_sql_database_instance.this.private_ip_address, google_sql_database.this.name,
  )
  sensitive = true
}
