# What lets a workflow of one repository act in the account, without any stored key: GitHub signs who runs, Amazon believes it for this
# repository and these environments and refs.

locals {
  issuer = "token.actions.githubusercontent.com"
  subjects = concat(
    [for e in var.environments : "repo:${var.repository}:environment:${e}"],
    [for r in var.refs : "repo:${var.repository}:ref:${r}"],
  )
}

resource "aws_iam_openid_connect_provider" "this" {
  count          = var.issuer_arn == null ? 1 : 0
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Workflows of ${var.repository}"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.issuer_arn == null ? aws_iam_openid_connect_provider.this[0].arn : var.issuer_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = local.subjects } }
    }]
  })
  lifecycle {
    precondition {
      condition     = length(local.subjects) > 0
      error_message = "environments and refs are both empty: name at least one whose jobs may act."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name = "deploy"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = sort(var.actions), Resource = var.resources }]
  })
}
