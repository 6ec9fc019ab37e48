variable "project" {
  description = "The id of the project of dev."
  type        = string
}

variable "create_project" {
  description = "Make the project. False: it is there already."
  type        = bool
  default     = false
}

variable "billing_account" {
  description = "Who pays, as 012345-6789AB-CDEF01."
  type        = string
}

variable "repository" {
  description = "The repository whose workflows deploy, as OWNER/NAME."
  type        = string
}

variable "region" {
  description = "Where the states are kept."
  type        = string
  default     = "europe-west1"
}
