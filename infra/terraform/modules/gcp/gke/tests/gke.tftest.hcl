variables {
  project    = "wheelhouse-dev"
  name       = "wheelhouse"
  location   = "europe-west1-b"
  network    = "projects/wheelhouse-dev/global/networks/wheelhouse"
  subnetwork = "projects/wheelhouse-dev/regions/europe-west1/subnetworks/wheelhouse"
}

run "the_default_is_the_cheapest" {
  command = apply
  assert {
    condition     = google_container_node_pool.this.node_config[0].spot && google_container_node_pool.this.node_config[0].machine_type == "e2-medium"
    error_message = "one Spot e2-medium"
  }
  assert {
    condition     = google_container_node_pool.this.autoscaling[0].total_max_node_count == 1
    error_message = "never more than one node"
  }
  assert {
    condition     = google_container_cluster.this.addons_config[0].http_load_balancing[0].disabled && google_container_cluster.this.logging_service == "none"
    error_message = "nothing that costs by the hour or the gigabyte"
  }
}

run "what_is_safe_stays_on" {
  command = apply
  assert {
    condition     = google_container_cluster.this.deletion_protection && google_container_cluster.this.datapath_provider == "ADVANCED_DATAPATH"
    error_message = "protected, and NetworkPolicies are enforced"
  }
  assert {
    condition     = !google_container_cluster.this.addons_config[0].horizontal_pod_autoscaling[0].disabled
    error_message = "the autoscaler of Pods is on"
  }
  assert {
    condition     = google_container_node_pool.this.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    error_message = "Pods do not see the node's identity"
  }
  assert {
    condition     = output.workload_pool == "wheelhouse-dev.svc.id.goog"
    error_message = "Pods have identities"
  }
}

run "production_is_regional_and_private" {
  command = apply
  variables {
    location            = "europe-west1"
    machine_type        = "e2-standard-2"
    spot                = false
    nodes               = { min = 3, max = 6 }
    private_nodes       = true
    cloud_load_balancer = true
    admin_ranges        = { office = "192.0.2.0/24" }
    maintenance_start   = "03:00"
  }
  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes
    error_message = "nodes have no addresses"
  }
  assert {
    condition     = google_container_node_pool.this.autoscaling[0].total_min_node_count == 3
    error_message = "three in all zones together"
  }
  assert {
    condition     = google_container_node_pool.this.autoscaling[0].location_policy == "BALANCED"
    error_message = "nodes are spread over the zones"
  }
  assert {
    condition     = tolist(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks)[0].cidr_block == "192.0.2.0/24"
    error_message = "only the office reaches the control plane"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name                = "Not_a_name"
    location            = "europe"
    machine_type        = "e2-micro"
    nodes               = { min = 2, max = 1 }
    disk_gb             = 5
    control_plane_range = "172.16.0.0/24"
    admin_ranges        = { office = "here" }
    release_channel     = "NEVER"
    maintenance_start   = "3 am"
  }
  expect_failures = [
    var.name, var.location, var.machine_type, var.nodes, var.disk_gb, var.control_plane_range, var.admin_ranges, var.release_channel,
    var.maintenance_start,
  ]
}
