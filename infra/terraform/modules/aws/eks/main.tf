# An EKS cluster and its nodes. Who may use it is written by access entries; the aws-auth ConfigMap, which locks people out when it is
# lost, is not used.

locals {
  policies = {
    cluster = ["AmazonEKSClusterPolicy"]
    nodes   = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"]
    disks   = ["service-role/AmazonEBSCSIDriverPolicy"]
  }
  trusted = { cluster = "eks.amazonaws.com", nodes = "ec2.amazonaws.com", disks = "pods.eks.amazonaws.com" }
  # In the order in which they are needed; the network comes before the nodes, or they never become ready.
  addons = {
    vpc-cni                = jsonencode({ enableNetworkPolicy = "true" })
    kube-proxy             = null
    eks-pod-identity-agent = null
  }
}

resource "aws_iam_role" "this" {
  for_each = local.trusted
  name     = "${var.name}-${each.key}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = each.value }, Action = ["sts:AssumeRole", "sts:TagSession"] }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = merge([for role, names in local.policies : { for name in names : "${role} ${name}" => { role = role, name = name } }]...)
  role       = aws_iam_role.this[each.value.role].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.name}"
}

resource "aws_eks_cluster" "this" {
  name                          = var.name
  role_arn                      = aws_iam_role.this["cluster"].arn
  version                       = var.kubernetes
  bootstrap_self_managed_addons = false
  deletion_protection           = var.deletion_protection
  enabled_cluster_log_types     = var.control_plane_logs

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  upgrade_policy {
    # Six times the fee begins when a version's time is over; rather be upgraded.
    support_type = "STANDARD"
  }
  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = true
    endpoint_public_access  = length(var.admin_ranges) > 0
    public_access_cidrs     = length(var.admin_ranges) > 0 ? var.admin_ranges : null
  }
  dynamic "encryption_config" {
    for_each = var.secrets_key == null ? [] : [1]
    content {
      resources = ["secrets"]
      provider {
        key_arn = var.secrets_key
      }
    }
  }
  depends_on = [aws_iam_role_policy_attachment.this]
}

resource "aws_eks_access_entry" "this" {
  for_each      = var.access
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.key
}

resource "aws_eks_access_policy_association" "this" {
  for_each      = var.access
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.this[each.key].principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/${each.value}"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each             = local.addons
  cluster_name         = aws_eks_cluster.this.name
  addon_name           = each.key
  configuration_values = each.value
}

resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "main"
  node_role_arn   = aws_iam_role.this["nodes"].arn
  subnet_ids      = var.node_subnets
  capacity_type   = var.spot ? "SPOT" : "ON_DEMAND"
  instance_types  = var.machine_types
  ami_type        = var.arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"
  disk_size       = var.disk_gb

  scaling_config {
    min_size     = var.nodes.min
    desired_size = var.nodes.min
    max_size     = var.nodes.max
  }
  update_config {
    max_unavailable = 1
  }
  lifecycle {
    # The autoscaler has changed it since.
    ignore_changes = [scaling_config[0].desired_size]
  }
  depends_on = [aws_eks_addon.before_nodes, aws_iam_role_policy_attachment.this]
}

# They are Pods, so they wait for nodes.
resource "aws_eks_addon" "coredns" {
  cluster_name = aws_eks_cluster.this.name
  addon_name   = "coredns"
  depends_on   = [aws_eks_node_group.this]
}

resource "aws_eks_addon" "disks" {
  cluster_name = aws_eks_cluster.this.name
  addon_name   = "aws-ebs-csi-driver"
  # From 1.30 on no storage class is the default one.
  configuration_values = jsonencode({ defaultStorageClass = { enabled = true } })
  depends_on           = [aws_eks_node_group.this]

  pod_identity_association {
    role_arn        = aws_iam_role.this["disks"].arn
    service_account = "ebs-csi-controller-sa"
  }
}
