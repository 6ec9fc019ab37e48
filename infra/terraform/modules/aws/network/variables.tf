variable "name" {
  description = "The name of the VPC and of all that is in it."
  type        = string
}

variable "range" {
  description = "Addresses of the VPC: a /16, which is divided into sixteen."
  type        = string
  default     = "10.0.0.0/16"
  validation {
    condition     = can(cidrnetmask(var.range)) && endswith(var.range, "/16")
    error_message = "range: a /16, such as 10.0.0.0/16."
  }
}

variable "zones" {
  description = "The zones; EKS wants two at least."
  type        = list(string)
  default     = ["eu-central-1a", "eu-central-1b"]
  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 8 && alltrue([for z in var.zones : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", z))])
    error_message = "zones: two to eight zones such as eu-central-1a."
  }
}

variable "private" {
  description = "Private subnets beside the public ones: for databases, and for nodes where nat is on."
  type        = bool
  default     = false
}

variable "nat" {
  description = "A way out for private subnets. It costs by the hour and by the gigabyte."
  type        = bool
  default     = false
}
