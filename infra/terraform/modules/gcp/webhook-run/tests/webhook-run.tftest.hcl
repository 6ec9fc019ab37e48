variables {
  project = "wheelhouse-prod"
  region  = "europe-west1"
  image   = "europe-west1-docker.pkg.dev/wheelhouse-prod/wheelhouse/backend@sha256:1111111111111111111111111111111111111111111111111111111111111111"
}

run "nothing_runs_while_nobody_calls" {
  command = apply
  assert {
    condition     = google_cloud_run_v2_service.this.template[0].scaling[0].min_instance_count == 0 && length(google_cloud_run_v2_service_iam_member.everybody) == 0
    error_message = "no instance, and nobody may call"
  }
}

run "open_with_a_secret" {
  command = apply
  variables {
    open     = true
    settings = { LOG_LEVEL = "info" }
    secrets  = { WEBHOOK_SECRET = "webhook-secret" }
  }
  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.everybody) == 1 && length(google_secret_manager_secret_iam_member.this) == 1
    error_message = "anybody calls, and the service reads its secret"
  }
  assert {
    condition     = contains(flatten([for e in google_cloud_run_v2_service.this.template[0].containers[0].env : [for s in e.value_source : s.secret_key_ref[0].secret]]), "webhook-secret")
    error_message = "the secret is named, not copied"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name  = "hook"
    image = "registry.example.com/webhooks:latest"
    most  = 0
  }
  expect_failures = [var.name, var.image, var.most]
}
