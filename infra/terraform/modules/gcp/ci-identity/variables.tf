variable "project" {
  description = "The project's id."
  type        = string
}

variable "name" {
  description = "The name of the pool and of the service account."
  type        = string
  default     = "github-deploy"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name)) && !startswith(var.name, "gcp-")
    error_message = "name: 6 to 30 small letters, digits and hyphens, a letter first, and not gcp-…, which is Google's."
  }
}

variable "repository" {
  description = "The repository, as OWNER/NAME."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository: OWNER/NAME, as in the address of its page."
  }
}

variable "environments" {
  description = "GitHub environments whose jobs may act."
  type        = list(string)
  default     = []
}

variable "refs" {
  description = "Refs whose jobs may act without an environment, as refs/heads/main."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for r in var.refs : can(regex("^refs/(heads|tags)/[^*]+$", r))])
    error_message = "refs: whole refs such as refs/heads/main; a pattern would let everybody in who may push a branch."
  }
}

variable "roles" {
  description = "What they may do in the project."
  type        = set(string)
  default     = ["roles/container.developer"]
  validation {
    condition     = length(setintersection(var.roles, ["roles/owner", "roles/editor"])) == 0
    error_message = "roles: neither roles/owner nor roles/editor; name what the jobs do."
  }
}
