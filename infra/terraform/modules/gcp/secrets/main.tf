# Secrets by name. Values that are known to Terraform come in by "values" and are in the state; the others are put there by people:
# gcloud secrets versions add NAME --data-file=-

locals {
  names = setunion(var.names, nonsensitive(toset(keys(var.values))))
  grants = merge([
    for name in local.names : { for who, reader in var.readers : "${name} ${who}" => { name = name, reader = reader } }
  ]...)
}

resource "google_secret_manager_secret" "this" {
  for_each  = local.names
  project   = var.project
  secret_id = each.key
  labels    = var.labels

  replication {
    dynamic "auto" {
      for_each = length(var.regions) == 0 ? [1] : []
      content {}
    }
    dynamic "user_managed" {
      for_each = length(var.regions) == 0 ? [] : [1]
      content {
        dynamic "replicas" {
          for_each = var.regions
          content {
            location = replicas.value
          }
        }
      }
    }
  }
}

resource "google_secret_manager_secret_version" "this" {
  for_each    = nonsensitive(toset(keys(var.values)))
  secret      = google_secret_manager_secret.this[each.key].id
  secret_data = var.values[each.key]
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each  = local.grants
  project   = var.project
  secret_id = google_secret_manager_secret.this[each.value.name].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value.reader
}
