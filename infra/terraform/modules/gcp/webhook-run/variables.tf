variable "project" {
  description = "The project's id."
  type        = string
}

variable "region" {
  description = "The region, such as europe-west1."
  type        = string
}

variable "name" {
  description = "The service's name."
  type        = string
  default     = "wheelhouse-webhooks"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "name: 6 to 30 small letters, digits and hyphens, a letter first: its service account is called like it."
  }
}

variable "image" {
  description = "The image, by digest."
  type        = string
  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image: by digest, as REGISTRY/NAME@sha256:…; a tag may be another image tomorrow."
  }
}

variable "settings" {
  description = "Environment variables."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Environment variables whose values are secrets, as NAME = \"id of the secret\"."
  type        = map(string)
  default     = {}
}

variable "most" {
  description = "How many instances there are at the most: what a flood of calls may cost."
  type        = number
  default     = 3
  validation {
    condition     = var.most >= 1 && var.most <= 100
    error_message = "most: 1 to 100."
  }
}

variable "open" {
  description = "May anybody call it? The service holds the signature of each webhook against its secret."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Refuse to destroy the service until this is false and applied."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of the service."
  type        = map(string)
  default     = {}
}
