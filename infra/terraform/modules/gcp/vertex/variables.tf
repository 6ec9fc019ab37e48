variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The name of the service account."
  type        = string
  default     = "wheelhouse-models"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "name: 6 to 30 small letters, digits and hyphens, a letter first."
  }
}

variable "workload_pool" {
  description = "The cluster's pool of identities: PROJECT.svc.id.goog."
  type        = string
  validation {
    condition     = endswith(var.workload_pool, ".svc.id.goog")
    error_message = "workload_pool: the cluster's, PROJECT.svc.id.goog."
  }
}

variable "namespace" {
  description = "The namespace of the release."
  type        = string
  default     = "wheelhouse"
}

variable "kubernetes_account" {
  description = "The backend's service account in the namespace."
  type        = string
  default     = "wheelhouse-backend"
}
