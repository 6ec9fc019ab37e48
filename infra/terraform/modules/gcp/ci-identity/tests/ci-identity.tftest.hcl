variables {
  project      = "wheelhouse-prod"
  repository   = "acme/wheelhouse"
  environments = ["production"]
}

run "one_repository_and_one_environment" {
  command = apply
  assert {
    condition     = google_iam_workload_identity_pool_provider.this.attribute_condition == "assertion.repository == \"acme/wheelhouse\""
    error_message = "no other repository"
  }
  assert {
    condition     = length(google_service_account_iam_member.this) == 1 && endswith(values(google_service_account_iam_member.this)[0].member, "/subject/repo:acme/wheelhouse:environment:production")
    error_message = "no other job"
  }
}

run "a_branch_beside_it" {
  command = apply
  variables {
    refs  = ["refs/heads/main"]
    roles = ["roles/container.developer", "roles/artifactregistry.writer"]
  }
  assert {
    condition     = length(google_service_account_iam_member.this) == 2 && length(google_project_iam_member.this) == 2
    error_message = "two subjects, two roles"
  }
}

run "what_would_let_others_in_is_refused" {
  command = plan
  variables {
    name       = "gcp-deploy"
    repository = "wheelhouse"
    refs       = ["refs/heads/*"]
    roles      = ["roles/owner"]
  }
  expect_failures = [var.name, var.repository, var.refs, var.roles]
}
