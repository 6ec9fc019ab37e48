variable "name" {
  description = "The bucket's name: no other bucket of the world may have it."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name: 3 to 63 small letters, digits and hyphens."
  }
}

variable "days" {
  description = "After how many days what is in it is deleted; null: never."
  type        = number
  default     = null
  validation {
    condition     = try(var.days >= 1, true)
    error_message = "days: at least 1, or null for ever."
  }
}

variable "key" {
  description = "The KMS key that it is encrypted with; null: Amazon's own."
  type        = string
  default     = null
}

variable "deletable" {
  description = "May destroying this delete what is in it?"
  type        = bool
  default     = false
}
