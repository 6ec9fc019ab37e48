variable "project" {
  description = "The project's id: one for each environment."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project: 6 to 30 small letters, digits and hyphens, a letter first, as Google wants it."
  }
}

variable "create" {
  description = "Make the project. False: it is there already."
  type        = bool
  default     = false
}

variable "folder" {
  description = "The number of the folder that a new project is put into; null: where you are."
  type        = string
  default     = null
}

variable "billing_account" {
  description = "Who pays, as 012345-6789AB-CDEF01. Needed for a new project and for a budget."
  type        = string
  default     = null
  validation {
    condition     = var.billing_account == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account: three times six digits or letters A to F, such as 012345-6789AB-CDEF01."
  }
}

variable "services" {
  description = "The services that the project may use, as NAME.googleapis.com."
  type        = set(string)
  default = [
    "artifactregistry.googleapis.com", "cloudresourcemanager.googleapis.com", "compute.googleapis.com", "container.googleapis.com",
    "iam.googleapis.com", "iamcredentials.googleapis.com", "secretmanager.googleapis.com", "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com", "storage.googleapis.com", "sts.googleapis.com",
  ]
  validation {
    condition     = alltrue([for s in var.services : endswith(s, ".googleapis.com")])
    error_message = "services: each ends in .googleapis.com, such as container.googleapis.com."
  }
}

variable "monthly_budget" {
  description = "US dollars a month at which the payer gets a message; null: none. It is a message, not a limit."
  type        = number
  default     = null
  validation {
    condition     = try(var.monthly_budget > 0, true)
    error_message = "monthly_budget: more than 0 US dollars, or null for none."
  }
}

variable "deletable" {
  description = "May destroying this delete the whole project?"
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels of the project, which the bill is split by."
  type        = map(string)
  default     = {}
}
