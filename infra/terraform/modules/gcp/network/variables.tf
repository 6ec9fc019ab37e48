variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The name of the network and of all that is in it."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,50}[a-z0-9]$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first, at most 52."
  }
}

variable "region" {
  description = "The region, such as europe-west1."
  type        = string
  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region: a region, such as europe-west1. europe-west1-b is a zone."
  }
}

variable "nodes_range" {
  description = "Addresses of nodes."
  type        = string
  default     = "10.10.0.0/20"
  validation {
    condition     = can(cidrnetmask(var.nodes_range))
    error_message = "nodes_range: a range of IPv4 addresses, such as 10.10.0.0/20."
  }
}

variable "pods_range" {
  description = "Addresses of Pods: 256 for each node."
  type        = string
  default     = "10.20.0.0/16"
  validation {
    condition     = can(cidrnetmask(var.pods_range))
    error_message = "pods_range: a range of IPv4 addresses, such as 10.20.0.0/16."
  }
}

variable "services_range" {
  description = "Addresses of Services."
  type        = string
  default     = "10.30.0.0/20"
  validation {
    condition     = can(cidrnetmask(var.services_range))
    error_message = "services_range: a range of IPv4 addresses, such as 10.30.0.0/20."
  }
}

variable "private_services" {
  description = "A way to the private addresses of Cloud SQL."
  type        = bool
  default     = false
}

variable "nat" {
  description = "A way out for nodes without addresses of their own. It costs by the hour and by the gigabyte."
  type        = bool
  default     = false
}

variable "flow_logs" {
  description = "Log a tenth of all connections."
  type        = bool
  default     = false
}
