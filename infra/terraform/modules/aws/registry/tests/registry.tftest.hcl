run "tags_stay_what_they_are" {
  command = apply
  assert {
    condition     = length(aws_ecr_repository.this) == 3 && alltrue([for r in aws_ecr_repository.this : r.image_tag_mutability == "IMMUTABLE"])
    error_message = "two images and the chart, each tag pushed once"
  }
}

run "a_learning_registry_goes_with_its_images" {
  command = apply
  variables {
    deletable     = true
    untagged_days = 1
    names         = ["wheelhouse-backend"]
  }
  assert {
    condition     = aws_ecr_repository.this["wheelhouse-backend"].force_delete
    error_message = "its images go as well"
  }
  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this["wheelhouse-backend"].policy).rules[0].selection.countNumber == 1
    error_message = "what has no tag goes after a day"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    prefix        = "Wheel House"
    names         = []
    untagged_days = 0
  }
  expect_failures = [var.prefix, var.names, var.untagged_days]
}
