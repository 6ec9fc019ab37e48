variable "project" {
  description = "The id of the project of staging."
  type        = string
}

variable "zone" {
  description = "The zone."
  type        = string
  default     = "europe-west1-b"
}

variable "admin_ranges" {
  description = "Who may reach the control plane, as name to range; empty: everybody who has a key."
  type        = map(string)
  default     = {}
}
