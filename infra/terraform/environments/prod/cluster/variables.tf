variable "project" {
  description = "The id of the project of prod."
  type        = string
}

variable "region" {
  description = "The region."
  type        = string
  default     = "europe-west1"
}

variable "admin_ranges" {
  description = "Who may reach the control plane, as name to range."
  type        = map(string)
  validation {
    condition     = length(var.admin_ranges) > 0
    error_message = "admin_ranges: name at least one range, such as { office = \"192.0.2.0/24\" }; production's control plane is not for everybody."
  }
}

variable "console_hosts" {
  description = "Names under which the console comes from the edge of the network; empty: from the frontend's Pods."
  type        = list(string)
  default     = []
}

variable "webhooks_image" {
  description = "An image by digest that takes webhooks in on Cloud Run; null: the cluster takes them."
  type        = string
  default     = null
}
