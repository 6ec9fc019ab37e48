variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The cluster's name."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first, at most 24: its nodes' account is called like it."
  }
}

variable "location" {
  description = "A zone (one control plane, free for one cluster) or a region (three, not free)."
  type        = string
  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+(-[a-z])?$", var.location))
    error_message = "location: a zone such as europe-west1-b, or a region such as europe-west1."
  }
}

variable "network" {
  description = "The network's id."
  type        = string
}

variable "subnetwork" {
  description = "The subnet's id."
  type        = string
}

variable "pods_range_name" {
  description = "The subnet's range for Pods."
  type        = string
  default     = "pods"
}

variable "services_range_name" {
  description = "The subnet's range for Services."
  type        = string
  default     = "services"
}

variable "machine_type" {
  description = "The nodes' machine type. Smaller than e2-medium leaves no room beside GKE's own Pods."
  type        = string
  default     = "e2-medium"
  validation {
    condition     = !contains(["e2-micro", "e2-small", "f1-micro", "g1-small"], var.machine_type)
    error_message = "machine_type: e2-medium or larger; GKE's own Pods leave no room on a smaller one."
  }
}

variable "spot" {
  description = "Spot nodes: about 60 % off, and gone with 30 seconds' notice. Not for a bundled Postgres that matters."
  type        = bool
  default     = true
}

variable "nodes" {
  description = "How many nodes there are at the least and at the most, in all zones together."
  type        = object({ min = number, max = number })
  default     = { min = 1, max = 1 }
  validation {
    condition     = var.nodes.min >= 1 && var.nodes.max >= var.nodes.min
    error_message = "nodes: min is at least 1, max at least min."
  }
}

variable "disk_gb" {
  description = "The size of a node's disk, in GB."
  type        = number
  default     = 20
  validation {
    condition     = var.disk_gb >= 12
    error_message = "disk_gb: at least 12, or the images do not fit beside the node's system."
  }
}

variable "private_nodes" {
  description = "Nodes without addresses of their own. They need the network's nat."
  type        = bool
  default     = false
}

variable "control_plane_range" {
  description = "Addresses of the control plane, for private nodes."
  type        = string
  default     = "172.16.0.0/28"
  validation {
    condition     = can(cidrnetmask(var.control_plane_range)) && endswith(var.control_plane_range, "/28")
    error_message = "control_plane_range: a range of 16 addresses, such as 172.16.0.0/28."
  }
}

variable "admin_ranges" {
  description = "Who may reach the control plane, as name to range; empty: everybody who has a key."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for range in values(var.admin_ranges) : can(cidrnetmask(range))])
    error_message = "admin_ranges: each is a range of IPv4 addresses, such as 192.0.2.0/24."
  }
}

variable "secrets_key" {
  description = "The KMS key that Kubernetes Secrets are encrypted with in etcd; null: Google's own."
  type        = string
  default     = null
}

variable "cloud_load_balancer" {
  description = "Let Ingresses and Gateways make Google's load balancers, each of which costs by the hour."
  type        = bool
  default     = false
}

variable "paid_observability" {
  description = "Google's logging and monitoring of the Pods. They cost by the gigabyte, and their agents take room on each node."
  type        = bool
  default     = false
}

variable "release_channel" {
  description = "How fast new versions of Kubernetes come."
  type        = string
  default     = "REGULAR"
  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "release_channel: RAPID, REGULAR, STABLE or EXTENDED."
  }
}

variable "maintenance_start" {
  description = "When the daily maintenance window of four hours begins, in UTC, as HH:MM; null: any time."
  type        = string
  default     = null
  validation {
    condition     = var.maintenance_start == null || can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance_start))
    error_message = "maintenance_start: a time in UTC as HH:MM, such as 03:00."
  }
}

variable "deletion_protection" {
  description = "Refuse to destroy the cluster until this is false and applied."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of the cluster and its nodes. The nightly sweep reads \"expires\"."
  type        = map(string)
  default     = {}
}
