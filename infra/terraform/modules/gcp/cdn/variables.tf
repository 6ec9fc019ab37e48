variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The name of the load balancer and its parts."
  type        = string
  default     = "wheelhouse-console"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,40}[a-z0-9]$", var.name))
    error_message = "name: small letters, digits and hyphens, a letter first, at most 42."
  }
}

variable "bucket" {
  description = "The bucket of the console's files."
  type        = string
}

variable "location" {
  description = "Where the bucket is, such as EU."
  type        = string
}

variable "hosts" {
  description = "The names that the certificate is for; their DNS must lead to the address."
  type        = list(string)
  validation {
    condition     = length(var.hosts) > 0 && alltrue([for h in var.hosts : can(regex("^([a-z0-9-]+[.])+[a-z]{2,}$", h))])
    error_message = "hosts: at least one name, such as console.example.com."
  }
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
  default     = {}
}
