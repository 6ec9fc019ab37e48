variables {
  name         = "wheelhouse"
  subnets      = ["subnet-1", "subnet-2"]
  node_subnets = ["subnet-1", "subnet-2"]
  access       = { "arn:aws:iam::123456789012:role/operators" = "AmazonEKSClusterAdminPolicy" }
}

run "the_default_is_one_spot_node" {
  command = apply
  assert {
    condition     = aws_eks_node_group.this.capacity_type == "SPOT" && aws_eks_node_group.this.scaling_config[0].max_size == 1
    error_message = "one Spot node and never more"
  }
  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "never six times the fee"
  }
}

run "what_is_safe_stays_on" {
  command = apply
  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && aws_eks_cluster.this.deletion_protection
    error_message = "access entries alone, and protected"
  }
  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "NetworkPolicies are enforced"
  }
  assert {
    condition     = !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "the control plane is not on the internet"
  }
}

run "production" {
  command = apply
  variables {
    spot               = false
    machine_types      = ["m7g.large"]
    arm                = true
    nodes              = { min = 3, max = 6 }
    admin_ranges       = ["192.0.2.0/24"]
    control_plane_logs = ["audit"]
    secrets_key        = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }
  assert {
    condition     = aws_eks_node_group.this.ami_type == "AL2023_ARM_64_STANDARD" && aws_eks_node_group.this.scaling_config[0].min_size == 3
    error_message = "three nodes with arm64"
  }
  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"])
    error_message = "Secrets are encrypted with the key"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name               = "wheelhouse_1"
    kubernetes         = "v1.34"
    subnets            = ["subnet-1"]
    machine_types      = ["t3.micro"]
    nodes              = { min = 0, max = 1 }
    disk_gb            = 8
    admin_ranges       = ["office"]
    access             = {}
    control_plane_logs = ["everything"]
  }
  expect_failures = [
    var.name, var.kubernetes, var.subnets, var.machine_types, var.nodes, var.disk_gb, var.admin_ranges, var.access, var.control_plane_logs,
  ]
}
