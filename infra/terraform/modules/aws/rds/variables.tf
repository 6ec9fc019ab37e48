variable "name" {
  description = "The instance's name."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,50}[a-z0-9]$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first."
  }
}

variable "vpc" {
  description = "The VPC's id."
  type        = string
}

variable "subnets" {
  description = "Private subnets, in two zones at least."
  type        = list(string)
  validation {
    condition     = length(var.subnets) >= 2
    error_message = "subnets: two at least, in two zones."
  }
}

variable "clients" {
  description = "Security groups that may connect, by what they are."
  type        = map(string)
}

variable "postgres_version" {
  description = "Which Postgres: a major version, or one exactly."
  type        = string
  default     = "17"
  validation {
    condition     = can(regex("^1[5-8]([.][0-9]+)?$", var.postgres_version))
    error_message = "postgres_version: 15 to 18, such as 17 or 17.5."
  }
}

variable "machine_type" {
  description = "The machine."
  type        = string
  default     = "db.t4g.micro"
  validation {
    condition     = can(regex("^db[.][a-z0-9]+[.][a-z0-9]+$", var.machine_type))
    error_message = "machine_type: such as db.t4g.micro."
  }
}

variable "disk_gb" {
  description = "The disk's size at first, in GB; it grows by itself to ten times that."
  type        = number
  default     = 20
  validation {
    condition     = var.disk_gb >= 20
    error_message = "disk_gb: at least 20, gp3 has no smaller ones."
  }
}

variable "high_availability" {
  description = "A second machine in another zone that takes over; twice the price."
  type        = bool
  default     = false
}

variable "backup_days" {
  description = "For how many days any second can be had back."
  type        = number
  default     = 7
  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "backup_days: 1 to 35."
  }
}

variable "deletion_protection" {
  description = "Refuse to destroy the database until this is false and applied; true also takes a last snapshot."
  type        = bool
  default     = true
}
