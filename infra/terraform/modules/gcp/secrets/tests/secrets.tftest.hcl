variables {
  project = "wheelhouse-staging"
}

run "names_only" {
  command = apply
  variables {
    names = ["openai-key"]
  }
  assert {
    condition     = length(google_secret_manager_secret.this) == 1 && length(google_secret_manager_secret_version.this) == 0
    error_message = "a place for it, and no value"
  }
}

run "values_readers_and_regions" {
  command = apply
  variables {
    names   = ["openai-key"]
    values  = { database-url = "postgresql://…" }
    readers = { backend = "serviceAccount:backend@wheelhouse-staging.iam.gserviceaccount.com" }
    regions = ["europe-west1", "europe-west4"]
  }
  assert {
    condition     = length(google_secret_manager_secret.this) == 2 && length(google_secret_manager_secret_iam_member.reader) == 2
    error_message = "both are there and can be read"
  }
  assert {
    condition     = length(google_secret_manager_secret.this["database-url"].replication[0].user_managed[0].replicas) == 2
    error_message = "they are kept in two regions"
  }
}

run "nothing_is_for_everybody" {
  command = plan
  variables {
    names   = ["openai key"]
    readers = { everybody = "allUsers" }
  }
  expect_failures = [var.names, var.readers]
}
