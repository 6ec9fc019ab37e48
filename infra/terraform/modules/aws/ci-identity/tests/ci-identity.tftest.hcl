variables {
  repository   = "acme/wheelhouse"
  environments = ["production"]
  resources    = ["arn:aws:eks:eu-central-1:123456789012:cluster/wheelhouse"]
}

run "one_repository_and_one_environment" {
  command = apply
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:acme/wheelhouse:environment:production"]
    error_message = "no other job"
  }
  assert {
    condition     = aws_iam_role.this.max_session_duration == 3600
    error_message = "for an hour"
  }
}

run "the_issuer_is_there_already" {
  command = apply
  variables {
    issuer_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    refs       = ["refs/heads/main"]
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 0
    error_message = "it is not made again"
  }
}

run "what_would_let_others_in_is_refused" {
  command = plan
  variables {
    repository = "wheelhouse"
    refs       = ["refs/heads/*"]
    actions    = ["*"]
    resources  = ["*"]
  }
  expect_failures = [var.repository, var.refs, var.actions, var.resources]
}

run "nobody_is_no_choice" {
  command = plan
  variables {
    environments = []
  }
  expect_failures = [aws_iam_role.this]
}
