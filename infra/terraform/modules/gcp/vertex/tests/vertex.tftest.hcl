variables {
  project       = "wheelhouse-prod"
  workload_pool = "wheelhouse-prod.svc.id.goog"
}

run "the_backend_may_call_models_and_no_more" {
  command = apply
  assert {
    condition     = google_project_iam_member.this.role == "roles/aiplatform.user"
    error_message = "one role"
  }
  assert {
    condition     = google_service_account_iam_member.this.member == "serviceAccount:wheelhouse-prod.svc.id.goog[wheelhouse/wheelhouse-backend]"
    error_message = "for one account of one namespace"
  }
}

run "another_namespace" {
  command = plan
  variables {
    namespace          = "agents"
    kubernetes_account = "prod-backend"
  }
  assert {
    condition     = google_service_account_iam_member.this.member == "serviceAccount:wheelhouse-prod.svc.id.goog[agents/prod-backend]"
    error_message = "its own account"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name          = "ai"
    workload_pool = "wheelhouse-prod"
  }
  expect_failures = [var.name, var.workload_pool]
}
