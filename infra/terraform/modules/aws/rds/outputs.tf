output "address" {
  description = "The instance's name in the DNS."
  value       = aws_db_instance.this.address
}

output "password_secret" {
  description = "The ARN of the secret with user and password, for External Secrets."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}
