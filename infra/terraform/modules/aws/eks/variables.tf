variable "name" {
  description = "The cluster's name."
  type        = string
  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,50}$", var.name))
    error_message = "name: letters, digits and hyphens, at most 51: roles are called like it."
  }
}

variable "kubernetes" {
  description = "The version of Kubernetes, such as 1.34; null: the newest."
  type        = string
  default     = null
  validation {
    condition     = var.kubernetes == null || can(regex("^1[.][0-9]{2}$", var.kubernetes))
    error_message = "kubernetes: as 1.34, in quotes."
  }
}

variable "subnets" {
  description = "Subnets of the control plane, in two zones at least."
  type        = list(string)
  validation {
    condition     = length(var.subnets) >= 2
    error_message = "subnets: two at least, in two zones."
  }
}

variable "node_subnets" {
  description = "Subnets of the nodes: public ones without a NAT gateway, private ones with it."
  type        = list(string)
}

variable "machine_types" {
  description = "The nodes' machine types. With several, Spot has more to choose from."
  type        = list(string)
  default     = ["t3.medium", "t3a.medium"]
  validation {
    condition     = length(var.machine_types) > 0 && alltrue([for t in var.machine_types : can(regex("^[a-z0-9-]+[.][a-z0-9-]+$", t)) && !can(regex("[.](nano|micro|small)$", t))])
    error_message = "machine_types: such as t3.medium; nano, micro and small take too few Pods."
  }
}

variable "arm" {
  description = "Nodes with arm64, such as t4g.medium."
  type        = bool
  default     = false
}

variable "spot" {
  description = "Spot nodes: about 65 % off, and gone with two minutes' notice."
  type        = bool
  default     = true
}

variable "nodes" {
  description = "How many nodes there are at the least and at the most."
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
    condition     = var.disk_gb >= 20
    error_message = "disk_gb: at least 20, which the nodes' image takes."
  }
}

variable "admin_ranges" {
  description = "Who may reach the control plane from outside; empty: only who is in the VPC."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for range in var.admin_ranges : can(cidrnetmask(range))])
    error_message = "admin_ranges: each is a range of IPv4 addresses, such as 192.0.2.0/24."
  }
}

variable "access" {
  description = "Who may use the cluster, as ARN of a role = policy, such as AmazonEKSClusterAdminPolicy."
  type        = map(string)
  validation {
    condition     = contains(values(var.access), "AmazonEKSClusterAdminPolicy") && alltrue([for arn in keys(var.access) : startswith(arn, "arn:aws:iam::")])
    error_message = "access: ARNs of roles or users (arn:aws:iam::…), and one of them has AmazonEKSClusterAdminPolicy, or nobody gets in."
  }
}

variable "secrets_key" {
  description = "The KMS key that Kubernetes Secrets are encrypted with; null: Amazon's own."
  type        = string
  default     = null
}

variable "control_plane_logs" {
  description = "Logs of the control plane that go to CloudWatch, which costs by the gigabyte."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for log in var.control_plane_logs : contains(["api", "audit", "authenticator", "controllerManager", "scheduler"], log)])
    error_message = "control_plane_logs: of api, audit, authenticator, controllerManager, scheduler."
  }
}

variable "deletion_protection" {
  description = "Refuse to destroy the cluster until this is false and applied."
  type        = bool
  default     = true
}
