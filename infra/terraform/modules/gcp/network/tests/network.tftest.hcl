variables {
  project = "wheelhouse-dev"
  name    = "wheelhouse"
  region  = "europe-west1"
}

run "the_default_costs_nothing" {
  command = apply
  assert {
    condition     = length(google_compute_router_nat.this) == 0 && length(google_compute_global_address.services) == 0
    error_message = "no NAT and no reserved range"
  }
  assert {
    condition     = google_compute_subnetwork.this.private_ip_google_access && !google_compute_network.this.auto_create_subnetworks
    error_message = "one subnet, with a private way to Google's services"
  }
  assert {
    condition     = google_compute_network.this.timeouts.delete == "10m" && google_compute_subnetwork.this.timeouts.delete == "10m"
    error_message = "deleting waits for what the cluster left"
  }
  assert {
    condition     = output.pods_range_name == "pods" && output.services_range_name == "services"
    error_message = "the ranges have their names"
  }
}

run "production_has_a_way_out_and_one_to_cloud_sql" {
  command = apply
  variables {
    nat              = true
    private_services = true
    flow_logs        = true
  }
  assert {
    condition     = google_compute_router_nat.this[0].router == "wheelhouse" && length(google_service_networking_connection.services) == 1
    error_message = "both are there"
  }
  assert {
    condition     = google_compute_subnetwork.this.log_config[0].flow_sampling == 0.1
    error_message = "connections are logged"
  }
}

run "a_zone_is_no_region_and_a_word_is_no_range" {
  command = plan
  variables {
    region         = "europe-west1-b"
    name           = "Wheelhouse"
    nodes_range    = "10.10.0.0"
    pods_range     = "many"
    services_range = "10.30.0.0/40"
  }
  expect_failures = [var.region, var.name, var.nodes_range, var.pods_range, var.services_range]
}
