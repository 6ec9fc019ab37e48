variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The instance's name. Google keeps the name of a deleted one for a week."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,83}$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first."
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

variable "network" {
  description = "The network's id; its private_services must be on."
  type        = string
}

variable "postgres_version" {
  description = "Which Postgres."
  type        = string
  default     = "POSTGRES_17"
  validation {
    condition     = contains(["POSTGRES_15", "POSTGRES_16", "POSTGRES_17", "POSTGRES_18"], var.postgres_version)
    error_message = "postgres_version: POSTGRES_15 to POSTGRES_18."
  }
}

variable "tier" {
  description = "The machine: db-f1-micro and db-g1-small share a CPU and have no service level; db-custom-CPUS-MIB has its own."
  type        = string
  default     = "db-custom-1-3840"
  validation {
    condition     = can(regex("^db-(f1-micro|g1-small|custom-[0-9]+-[0-9]+)$", var.tier))
    error_message = "tier: db-f1-micro, db-g1-small or db-custom-CPUS-MIB, such as db-custom-1-3840."
  }
}

variable "disk_gb" {
  description = "The disk's size at first, in GB; it grows by itself to ten times that."
  type        = number
  default     = 10
  validation {
    condition     = var.disk_gb >= 10
    error_message = "disk_gb: at least 10, Cloud SQL has no smaller ones."
  }
}

variable "high_availability" {
  description = "A second machine in another zone that takes over; twice the price."
  type        = bool
  default     = false
}

variable "backups" {
  description = "How many daily backups are kept."
  type        = number
  default     = 7
  validation {
    condition     = var.backups >= 1 && var.backups <= 365
    error_message = "backups: 1 to 365."
  }
}

variable "backup_location" {
  description = "Where backups are kept, such as \"eu\": another region survives the loss of this one. null: Google's choice."
  type        = string
  default     = null
}

variable "max_connections" {
  description = "Connections: each backend replica takes database.connections of the chart, twice during a roll-out, and dumps take one."
  type        = number
  default     = 100
  validation {
    condition     = var.max_connections >= 25
    error_message = "max_connections: at least 25: two replicas of the backend, twice during a roll-out, and a dump."
  }
}

variable "deletion_protection" {
  description = "Refuse to destroy the database until this is false and applied."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of the instance, which the bill is split by."
  type        = map(string)
  default     = {}
}
