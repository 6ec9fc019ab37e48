variable "project" {
  description = "The id of the project of dev."
  type        = string
}

variable "location" {
  description = "The cluster's zone or region."
  type        = string
  default     = "europe-west1-b"
}

variable "host" {
  description = "The name under which it is reached."
  type        = string
}

variable "chart" {
  description = "The chart by digest, oci://…@sha256:…, or a folder."
  type        = string
}

variable "registry" {
  description = "Where the images are."
  type        = string
}

variable "digests" {
  description = "The images by digest: backend and frontend."
  type        = map(string)
}
