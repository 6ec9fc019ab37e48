variables {
  name = "wheelhouse-prod-backups"
}

run "private_and_kept" {
  command = apply
  assert {
    condition     = aws_s3_bucket_public_access_block.this.block_public_policy && aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "nothing in it can be made public, and what is overwritten can be had back"
  }
  assert {
    condition     = !aws_s3_bucket.this.force_destroy && length(aws_s3_bucket_lifecycle_configuration.this.rule) == 1
    error_message = "nothing goes by itself"
  }
}

run "dumps_go_after_a_month" {
  command = apply
  variables {
    days = 30
    key  = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[1].expiration[0].days == 30
    error_message = "30 days"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name = "Backups"
    days = 0
  }
  expect_failures = [var.name, var.days]
}
