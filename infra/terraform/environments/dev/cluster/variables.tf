variable "project" {
  description = "The id of the project of dev."
  type        = string
}

variable "zone" {
  description = "The zone."
  type        = string
  default     = "europe-west1-b"
}
