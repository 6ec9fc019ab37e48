variables {
  name = "wheelhouse"
}

run "the_default_costs_nothing" {
  command = apply
  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_subnet.private) == 0 && length(aws_subnet.public) == 2
    error_message = "two public subnets and no NAT"
  }
  assert {
    condition     = aws_subnet.public["eu-central-1b"].cidr_block == "10.0.16.0/20"
    error_message = "subnets do not overlap"
  }
}

run "production_is_private" {
  command = apply
  variables {
    private = true
    nat     = true
    zones   = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  }
  assert {
    condition     = length(output.private_subnets) == 3 && aws_subnet.private["eu-central-1a"].cidr_block == "10.0.128.0/20"
    error_message = "three private subnets behind the public ones"
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.private) == 1
    error_message = "one way out"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    range = "10.0.0.0/24"
    zones = ["eu-central-1"]
  }
  expect_failures = [var.range, var.zones]
}
