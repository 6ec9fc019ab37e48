variables {
  name    = "wheelhouse"
  vpc     = "vpc-1"
  subnets = ["subnet-3", "subnet-4"]
  clients = { nodes = "sg-1" }
}

run "the_default_is_private_and_comes_back" {
  command = apply
  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_instance.this.storage_encrypted && aws_db_instance.this.backup_retention_period == 7
    error_message = "private, encrypted, seven days"
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password
    error_message = "no password in the state"
  }
  assert {
    condition     = aws_db_instance.this.final_snapshot_identifier == "wheelhouse-last"
    error_message = "a last snapshot is taken"
  }
}

run "production_has_a_second_machine" {
  command = apply
  variables {
    high_availability = true
    machine_type      = "db.m7g.large"
    postgres_version  = "17.5"
    backup_days       = 30
  }
  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_parameter_group.this.family == "postgres17"
    error_message = "another zone takes over"
  }
}

run "a_learning_database_goes_without_a_trace" {
  command = apply
  variables {
    deletion_protection = false
  }
  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && !aws_db_instance.this.deletion_protection
    error_message = "no snapshot that costs"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name             = "Wheelhouse"
    subnets          = ["subnet-3"]
    postgres_version = "postgres17"
    machine_type     = "t4g.micro"
    disk_gb          = 5
    backup_days      = 0
  }
  expect_failures = [var.name, var.subnets, var.postgres_version, var.machine_type, var.disk_gb, var.backup_days]
}
