variables {
  bucket      = "wheelhouse-prod-console"
  hosts       = ["console.example.com"]
  certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1"
}

run "only_the_distribution_reads_the_bucket" {
  command = apply
  assert {
    condition     = aws_s3_bucket_public_access_block.this.restrict_public_buckets && jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Principal.Service == "cloudfront.amazonaws.com"
    error_message = "nobody else"
  }
}

run "encrypted_and_cheap" {
  command = apply
  assert {
    condition     = aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    error_message = "TLS 1.2 at the least"
  }
  assert {
    condition     = aws_cloudfront_distribution.this.price_class == "PriceClass_100"
    error_message = "the cheapest class"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    hosts       = ["https://console.example.com"]
    certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/1"
    price_class = "cheap"
  }
  expect_failures = [var.hosts, var.certificate, var.price_class]
}
