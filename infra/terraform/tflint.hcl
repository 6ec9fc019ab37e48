# Every rule of tflint's own rule set. Those of Google's and Amazon's are not asked: they are plugins that it downloads.
config {
  call_module_type = "local"
}

plugin "terraform" {
  enabled = true
  preset  = "all"
}
