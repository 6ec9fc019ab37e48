variable "project" {
  description = "The project's id."
  type        = string
}

variable "names" {
  description = "Secrets whose values people put there."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for name in var.names : can(regex("^[A-Za-z0-9_-]{1,255}$", name))])
    error_message = "names: letters, digits, hyphens and underscores."
  }
}

variable "values" {
  description = "Secrets with their values, by name."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "readers" {
  description = "Who may read them all, by a name of yours: serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for r in values(var.readers) : can(regex("^(serviceAccount|user|group|principal|principalSet):", r))])
    error_message = "readers: each begins with serviceAccount:, user:, group:, principal: or principalSet:. Nothing is for allUsers."
  }
}

variable "regions" {
  description = "Where they are kept; empty: Google's choice."
  type        = set(string)
  default     = []
}

variable "labels" {
  description = "Labels of the secrets."
  type        = map(string)
  default     = {}
}
