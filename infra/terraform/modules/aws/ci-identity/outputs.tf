output "role" {
  description = "For the workflows: the variable AWS_ROLE of the environment."
  value       = aws_iam_role.this.arn
}
