variable "project" {
  description = "The project's id."
  type        = string
}

variable "location" {
  description = "A region such as europe-west1, or europe, us or asia."
  type        = string
}

variable "name" {
  description = "The registry's name."
  type        = string
  default     = "wheelhouse"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,61}[a-z0-9]$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first."
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

variable "keep" {
  description = "How many of the newest versions of each are kept in any case."
  type        = number
  default     = 50
  validation {
    condition     = var.keep >= 1
    error_message = "keep: at least 1."
  }
}

variable "readers" {
  description = "Who may pull, by a name of yours: serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  type        = map(string)
  default     = {}
}

variable "writers" {
  description = "Who may push, by a name of yours."
  type        = map(string)
  default     = {}
  validation {
    condition     = length(setintersection(values(var.writers), ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "writers: not everybody."
  }
}

variable "labels" {
  description = "Labels of the registry."
  type        = map(string)
  default     = {}
}
