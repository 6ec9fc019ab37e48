variable "name" {
  description = "The role's name."
  type        = string
  default     = "github-deploy"
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

variable "issuer_arn" {
  description = "The ARN of GitHub's issuer if the account has it: there can be one only. null: make it."
  type        = string
  default     = null
}

variable "actions" {
  description = "What the jobs may do. Inside the cluster, its access entry says it."
  type        = set(string)
  default     = ["eks:DescribeCluster"]
  validation {
    condition     = alltrue([for a in var.actions : can(regex("^[a-z0-9-]+:[A-Za-z]+[*]?$", a))])
    error_message = "actions: as SERVICE:Action, such as eks:DescribeCluster; never all of a service."
  }
}

variable "resources" {
  description = "On what they may do it."
  type        = list(string)
  validation {
    condition     = length(var.resources) > 0 && alltrue([for r in var.resources : startswith(r, "arn:aws:")])
    error_message = "resources: ARNs, one at least."
  }
}
