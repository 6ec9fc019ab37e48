variable "prefix" {
  description = "What the names begin with."
  type        = string
  default     = "wheelhouse"
  validation {
    condition     = can(regex("^[a-z][a-z0-9/-]*[a-z0-9]$", var.prefix))
    error_message = "prefix: small letters, digits, hyphens and slashes."
  }
}

variable "names" {
  description = "The secrets."
  type        = set(string)
  validation {
    condition     = length(var.names) > 0 && alltrue([for name in var.names : can(regex("^[A-Za-z0-9_.-]+$", name))])
    error_message = "names: one at least; letters, digits, hyphens, dots and underscores."
  }
}

variable "others" {
  description = "ARNs of secrets that are made elsewhere and read by the same, such as that of RDS."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for arn in var.others : startswith(arn, "arn:aws:secretsmanager:")])
    error_message = "others: ARNs that begin with arn:aws:secretsmanager:."
  }
}

variable "key" {
  description = "The KMS key that they are encrypted with; null: Amazon's own."
  type        = string
  default     = null
}

variable "recovery_days" {
  description = "For how many days a deleted secret can be had back; 0: not at all, and the name is free at once."
  type        = number
  default     = 7
  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "recovery_days: 0, or 7 to 30."
  }
}
