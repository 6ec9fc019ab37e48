# Secrets by name, whose values people put there: aws secretsmanager put-secret-value --secret-id NAME --secret-string file:///dev/stdin

resource "aws_secretsmanager_secret" "this" {
  for_each                = var.names
  name                    = "${var.prefix}/${each.key}"
  kms_key_id              = var.key
  recovery_window_in_days = var.recovery_days
}

# For a role that External Secrets takes on.
resource "aws_iam_policy" "reader" {
  name        = "${replace(var.prefix, "/", "-")}-secrets"
  description = "Reads the secrets of ${var.prefix}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = concat([for name in sort(var.names) : aws_secretsmanager_secret.this[name].arn], sort(var.others))
    }]
  })
}
