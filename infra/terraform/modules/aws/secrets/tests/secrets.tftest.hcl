variables {
  names = ["openai-key", "bootstrap-key"]
}

run "they_can_be_had_back" {
  command = apply
  assert {
    condition     = aws_secretsmanager_secret.this["openai-key"].name == "wheelhouse/openai-key" && aws_secretsmanager_secret.this["openai-key"].recovery_window_in_days == 7
    error_message = "a name with a prefix, and seven days"
  }
}

run "the_reader_reads_these_and_no_others" {
  command = apply
  variables {
    others = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds-1"]
  }
  assert {
    condition     = length(jsondecode(aws_iam_policy.reader.policy).Statement[0].Resource) == 3
    error_message = "two of ours and one of RDS"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    prefix        = "Wheel house"
    names         = []
    others        = ["*"]
    recovery_days = 3
  }
  expect_failures = [var.prefix, var.names, var.others, var.recovery_days]
}
