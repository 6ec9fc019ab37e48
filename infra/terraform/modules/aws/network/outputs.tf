output "vpc" {
  description = "The VPC's id."
  value       = aws_vpc.this.id
}

output "range" {
  description = "The VPC's addresses."
  value       = aws_vpc.this.cidr_block
}

output "public_subnets" {
  description = "The public subnets' ids."
  value       = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "private_subnets" {
  description = "The private subnets' ids, if there are any."
  value       = [for zone in var.zones : aws_subnet.private[zone].id if var.private]
}
