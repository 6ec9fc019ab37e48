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
  description = "The repositories: ECR wants one for each image and chart."
  type        = set(string)
  default     = ["wheelhouse-backend", "wheelhouse-frontend", "charts/wheelhouse"]
  validation {
    condition     = length(var.names) > 0
    error_message = "names: one at least."
  }
}

variable "immutable_tags" {
  description = "Refuse to push a tag a second time."
  type        = bool
  default     = true
}

variable "untagged_days" {
  description = "After how many days what has no tag is deleted."
  type        = number
  default     = 30
  validation {
    condition     = var.untagged_days >= 1
    error_message = "untagged_days: at least 1."
  }
}

variable "key" {
  description = "The KMS key that images are encrypted with; null: Amazon's own."
  type        = string
  default     = null
}

variable "deletable" {
  description = "May destroying this delete the images?"
  type        = bool
  default     = false
}
