variables {
  project = "wheelhouse-dev"
}

run "an_existing_project_gets_its_services" {
  command = apply
  assert {
    condition     = length(google_project.this) == 0 && contains(keys(google_project_service.this), "container.googleapis.com")
    error_message = "nothing is made but the services"
  }
  assert {
    condition     = alltrue([for s in google_project_service.this : !s.disable_on_destroy])
    error_message = "destroying leaves the services on"
  }
}

run "a_new_project_with_a_budget" {
  command = apply
  variables {
    create          = true
    billing_account = "012345-6789AB-CDEF01"
    monthly_budget  = 300
  }
  assert {
    condition     = google_project.this[0].auto_create_network == false && google_project.this[0].deletion_policy == "PREVENT"
    error_message = "no open network, and no deletion by mistake"
  }
  assert {
    condition     = google_billing_budget.this[0].amount[0].specified_amount[0].units == "300"
    error_message = "the budget is the one asked for"
  }
}

run "a_new_project_without_a_payer_is_refused" {
  command = plan
  variables {
    create = true
  }
  expect_failures = [google_project.this]
}

run "odd_names_are_refused" {
  command = plan
  variables {
    project         = "Wheelhouse"
    billing_account = "mine"
    services        = ["container"]
    monthly_budget  = 0
  }
  expect_failures = [var.project, var.billing_account, var.services, var.monthly_budget]
}
