# The bucket is said at init: -backend-config=bucket=PROJECT-states
terraform {
  backend "gcs" {
    prefix = "staging/cluster"
  }
}
