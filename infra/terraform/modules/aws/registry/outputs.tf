output "addresses" {
  description = "Where images and charts are pushed, by name."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
