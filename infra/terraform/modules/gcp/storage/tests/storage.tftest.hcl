variables {
  project  = "wheelhouse-prod"
  name     = "wheelhouse-prod-backups"
  location = "EU"
}

run "private_and_kept" {
  command = apply
  assert {
    condition     = google_storage_bucket.this.public_access_prevention == "enforced" && google_storage_bucket.this.uniform_bucket_level_access
    error_message = "nothing in it can be made public"
  }
  assert {
    condition     = google_storage_bucket.this.versioning[0].enabled && !google_storage_bucket.this.force_destroy
    error_message = "what is overwritten can be had back"
  }
}

run "dumps_go_after_a_month" {
  command = apply
  variables {
    days    = 30
    members = { backup = { member = "serviceAccount:backup@wheelhouse-prod.iam.gserviceaccount.com", role = "roles/storage.objectUser" } }
  }
  assert {
    condition     = google_storage_bucket.this.lifecycle_rule[0].condition[0].age == 30 && length(google_storage_bucket_iam_member.this) == 1
    error_message = "30 days, and one who writes"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name    = "Backups"
    days    = 0
    members = { backup = { member = "serviceAccount:a@b.iam.gserviceaccount.com", role = "roles/owner" } }
  }
  expect_failures = [var.name, var.days, var.members]
}
