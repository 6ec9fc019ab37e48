variables {
  project  = "wheelhouse-dev"
  location = "europe-west1"
}

run "tags_stay_what_they_are" {
  command = apply
  assert {
    condition     = google_artifact_registry_repository.this.docker_config[0].immutable_tags
    error_message = "a tag is pushed once"
  }
  assert {
    condition     = output.address == "europe-west1-docker.pkg.dev/wheelhouse-dev/wheelhouse"
    error_message = "the address is what images begin with"
  }
}

run "nodes_pull_and_ci_pushes" {
  command = apply
  variables {
    readers = { nodes = "serviceAccount:nodes@wheelhouse-dev.iam.gserviceaccount.com" }
    writers = { ci = "serviceAccount:ci@wheelhouse-dev.iam.gserviceaccount.com" }
  }
  assert {
    condition     = length(google_artifact_registry_repository_iam_member.reader) == 1 && length(google_artifact_registry_repository_iam_member.writer) == 1
    error_message = "one of each"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name          = "Images"
    untagged_days = 0
    keep          = 0
    writers       = { everybody = "allUsers" }
  }
  expect_failures = [var.name, var.untagged_days, var.keep, var.writers]
}
