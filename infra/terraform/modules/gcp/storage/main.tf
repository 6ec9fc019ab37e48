# A private bucket: for states of Terraform, for dumps, for files. What is overwritten or deleted can be had back for a while.

resource "google_storage_bucket" "this" {
  project                     = var.project
  name                        = var.name
  location                    = var.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.deletable
  labels                      = var.labels

  versioning {
    enabled = true
  }
  soft_delete_policy {
    retention_duration_seconds = 7 * 24 * 3600
  }
  dynamic "lifecycle_rule" {
    for_each = var.days == null ? [] : [1]
    content {
      action {
        type = "Delete"
      }
      condition {
        age = var.days
      }
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 30
      with_state                 = "ARCHIVED"
    }
  }
  dynamic "encryption" {
    for_each = var.key == null ? [] : [1]
    content {
      default_kms_key_name = var.key
    }
  }
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = var.members
  bucket   = google_storage_bucket.this.name
  role     = each.value.role
  member   = each.value.member
}
