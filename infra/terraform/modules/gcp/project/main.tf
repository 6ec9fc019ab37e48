# The project of one environment, the services that it may use, and what it may spend. Services are switched on here, in the first
# stage: a service that was switched on a moment ago refuses the first calls for some minutes.

resource "google_project" "this" {
  count           = var.create ? 1 : 0
  project_id      = var.project
  name            = var.project
  folder_id       = var.folder
  billing_account = var.billing_account
  labels          = var.labels
  # The network that every new project gets is open to the world.
  auto_create_network = false
  deletion_policy     = var.deletable ? "DELETE" : "PREVENT"

  lifecycle {
    precondition {
      condition     = var.billing_account != null
      error_message = "billing_account is not set: a new project needs one (gcloud billing accounts list)."
    }
  }
}

# Budgets know projects by their numbers.
data "google_project" "this" {
  count      = var.create ? 0 : 1
  project_id = var.project
}

resource "google_project_service" "this" {
  for_each = var.services
  project  = var.create ? google_project.this[0].project_id : var.project
  service  = each.key
  # Others in the project may use it as well.
  disable_on_destroy = false
}

resource "google_billing_budget" "this" {
  count           = var.monthly_budget == null ? 0 : 1
  billing_account = var.billing_account
  display_name    = "${var.project}, a month"

  budget_filter {
    projects = ["projects/${var.create ? google_project.this[0].number : data.google_project.this[0].number}"]
  }
  amount {
    specified_amount {
      currency_code = "USD"
      units         = tostring(var.monthly_budget)
    }
  }
  threshold_rules {
    threshold_percent = 0.5
  }
  threshold_rules {
    threshold_percent = 1
    spend_basis       = "FORECASTED_SPEND"
  }
}
