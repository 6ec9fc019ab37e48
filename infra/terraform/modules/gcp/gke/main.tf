# A GKE cluster and its nodes. In one zone it is covered by the free credit of the billing account; in a region it is not, and costs
# the fee and three times the nodes.

locals {
  # "europe-west1-b" is a zone, "europe-west1" a region.
  zonal = can(regex("-[a-z]$", var.location))
}

# Nodes with the default account of the project could change all of it.
resource "google_service_account" "nodes" {
  project      = var.project
  account_id   = "${var.name}-nodes"
  display_name = "Nodes of ${var.name}"
}

resource "google_project_iam_member" "nodes" {
  for_each = toset(["roles/container.defaultNodeServiceAccount", "roles/artifactregistry.reader"])
  project  = var.project
  role     = each.key
  member   = "serviceAccount:${google_service_account.nodes.email}"
}

resource "google_container_cluster" "this" {
  project             = var.project
  name                = var.name
  location            = var.location
  network             = var.network
  subnetwork          = var.subnetwork
  deletion_protection = var.deletion_protection
  resource_labels     = var.labels

  # Its own pool, below, can be changed without a new cluster.
  remove_default_node_pool = true
  initial_node_count       = 1

  # Enforces NetworkPolicies; without it they are accepted and do nothing.
  datapath_provider     = "ADVANCED_DATAPATH"
  enable_shielded_nodes = true
  # Policies and flow logs see what goes from Pod to Pod of one node as well.
  enable_intranode_visibility = true
  logging_service             = var.paid_observability ? "logging.googleapis.com/kubernetes" : "none"
  monitoring_service          = var.paid_observability ? "monitoring.googleapis.com/kubernetes" : "none"

  # Everybody signs in as themselves.
  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }
  ip_allocation_policy {
    cluster_secondary_range_name  = var.pods_range_name
    services_secondary_range_name = var.services_range_name
  }
  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }
  release_channel {
    channel = var.release_channel
  }
  addons_config {
    horizontal_pod_autoscaling {
      disabled = false
    }
    # Without it no Ingress makes a load balancer that costs.
    http_load_balancing {
      disabled = !var.cloud_load_balancer
    }
    gce_persistent_disk_csi_driver_config {
      enabled = true
    }
  }
  dynamic "private_cluster_config" {
    for_each = var.private_nodes ? [1] : []
    content {
      enable_private_nodes   = true
      master_ipv4_cidr_block = var.control_plane_range
    }
  }
  dynamic "master_authorized_networks_config" {
    for_each = length(var.admin_ranges) > 0 ? [1] : []
    content {
      dynamic "cidr_blocks" {
        for_each = var.admin_ranges
        content {
          display_name = cidr_blocks.key
          cidr_block   = cidr_blocks.value
        }
      }
    }
  }
  dynamic "database_encryption" {
    for_each = var.secrets_key == null ? [] : [1]
    content {
      state    = "ENCRYPTED"
      key_name = var.secrets_key
    }
  }
  dynamic "maintenance_policy" {
    for_each = var.maintenance_start == null ? [] : [1]
    content {
      daily_maintenance_window {
        start_time = var.maintenance_start
      }
    }
  }
}

resource "google_container_node_pool" "this" {
  project  = var.project
  name     = "main"
  location = var.location
  cluster  = google_container_cluster.this.name
  # In a region it is a count for each of three zones, as those below were if they were not totals.
  initial_node_count = local.zonal ? var.nodes.min : ceil(var.nodes.min / 3)

  autoscaling {
    total_min_node_count = var.nodes.min
    total_max_node_count = var.nodes.max
    location_policy      = local.zonal ? "ANY" : "BALANCED"
  }
  management {
    auto_repair  = true
    auto_upgrade = true
  }
  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }
  node_config {
    machine_type    = var.machine_type
    spot            = var.spot
    disk_size_gb    = var.disk_gb
    disk_type       = "pd-standard"
    image_type      = "COS_CONTAINERD"
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    resource_labels = var.labels

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }
    # Pods get an identity of their own and do not see the node's.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
    kubelet_config {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }
    metadata = { disable-legacy-endpoints = "true" }
  }
  lifecycle {
    # The autoscaler has changed it since.
    ignore_changes = [initial_node_count]
  }
  depends_on = [google_project_iam_member.nodes]
}
