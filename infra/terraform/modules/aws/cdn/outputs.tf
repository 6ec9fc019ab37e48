output "address" {
  description = "The name that the DNS of the hosts must lead to."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "bucket" {
  description = "Where the console's files go: aws s3 sync frontend/dist s3://BUCKET"
  value       = aws_s3_bucket.this.id
}
