variable "release" {
  description = "The release's name."
  type        = string
  default     = "wheelhouse"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", var.release))
    error_message = "release: small letters, digits and hyphens, a letter first, at most 32."
  }
}

variable "namespace" {
  description = "The release's namespace, which is made."
  type        = string
  default     = "wheelhouse"
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace)) && !contains(["default", "kube-system"], var.namespace)
    error_message = "namespace: small letters, digits and hyphens, one of its own."
  }
}

variable "chart" {
  description = "The chart: a folder, or oci://REGISTRY/charts/wheelhouse@sha256:…"
  type        = string
  validation {
    condition     = can(regex("^oci://[^@]+@sha256:[0-9a-f]{64}$", var.chart)) || can(regex("^[./]", var.chart))
    error_message = "chart: oci://… by digest (@sha256: and 64 digits), or a folder that begins with . or /."
  }
}

variable "values" {
  description = "The texts of values files; later ones win."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for text in var.values : can(yamldecode(text))])
    error_message = "values: each is the text of a YAML file, as file(…) reads it."
  }
}

variable "registry" {
  description = "Where the images are; null: as the chart has it."
  type        = string
  default     = null
}

variable "digests" {
  description = "The images by digest: backend and frontend."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for name, d in var.digests : contains(["backend", "frontend"], name) && can(regex("^sha256:[0-9a-f]{64}$", d))])
    error_message = "digests: backend and frontend, each sha256: and 64 digits."
  }
}

variable "hosts" {
  description = "The names under which it is reached; null: as the values files have it."
  type        = list(string)
  default     = null
}

variable "database_url" {
  description = "The address of a Postgres of yours, with its password; null: the bundled one."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = var.database_url == null || can(regex("^postgres(ql)?://", var.database_url))
    error_message = "database_url: postgresql://USER:PASSWORD@HOST:5432/NAME?sslmode=require."
  }
}
