variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The bucket's name: no other bucket of the world may have it."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.name))
    error_message = "name: 3 to 63 small letters, digits, hyphens and underscores."
  }
}

variable "location" {
  description = "A region such as europe-west1, or EU, US or ASIA for several."
  type        = string
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
  description = "The KMS key that it is encrypted with; null: Google's own."
  type        = string
  default     = null
}

variable "members" {
  description = "Who may do what, by a name of yours: { member = \"serviceAccount:…\", role = \"roles/storage.objectUser\" }."
  type        = map(object({ member = string, role = string }))
  default     = {}
  validation {
    condition     = alltrue([for one in values(var.members) : startswith(one.role, "roles/storage.")])
    error_message = "members: each role begins with roles/storage."
  }
}

variable "deletable" {
  description = "May destroying this delete what is in it?"
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
  default     = {}
}
