output "name" {
  description = "The cluster's name, once it has nodes."
  value       = aws_eks_cluster.this.name
  depends_on  = [aws_eks_node_group.this]
}

output "endpoint" {
  description = "The address of the control plane."
  value       = aws_eks_cluster.this.endpoint
}

output "security_group" {
  description = "The group of the nodes and the control plane."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}
