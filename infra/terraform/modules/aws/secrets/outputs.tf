output "arns" {
  description = "The secrets' ARNs, by name."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "reader_policy" {
  description = "The ARN of the policy that lets them be read."
  value       = aws_iam_policy.reader.arn
}
