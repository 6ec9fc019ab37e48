variable "bucket" {
  description = "The bucket of the console's files."
  type        = string
}

variable "hosts" {
  description = "The names that the distribution answers to."
  type        = list(string)
  validation {
    condition     = length(var.hosts) > 0 && alltrue([for h in var.hosts : can(regex("^([a-z0-9-]+[.])+[a-z]{2,}$", h))])
    error_message = "hosts: at least one name, such as console.example.com."
  }
}

variable "certificate" {
  description = "The ARN of the certificate for the hosts."
  type        = string
  validation {
    condition     = startswith(var.certificate, "arn:aws:acm:us-east-1:")
    error_message = "certificate: the ARN of one in us-east-1; CloudFront takes no others."
  }
}

variable "price_class" {
  description = "Where the edges are."
  type        = string
  default     = "PriceClass_100"
  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class: PriceClass_100 (Europe and North America), PriceClass_200 or PriceClass_All."
  }
}
