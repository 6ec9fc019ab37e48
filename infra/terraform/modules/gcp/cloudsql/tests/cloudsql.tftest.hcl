variables {
  project = "wheelhouse-staging"
  name    = "wheelhouse"
  region  = "europe-west1"
  network = "projects/wheelhouse-staging/global/networks/wheelhouse"
}

run "the_default_is_private_and_comes_back" {
  command = apply
  assert {
    condition     = !google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled
    error_message = "no address on the internet"
  }
  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "any second of the last seven days can be had back"
  }
  assert {
    condition     = google_sql_database_instance.this.deletion_protection && google_sql_database_instance.this.settings[0].availability_type == "ZONAL"
    error_message = "protected, and one machine"
  }
}

run "the_address_is_the_charts" {
  command = apply
  assert {
    condition     = startswith(output.url, "postgresql://wheelhouse:") && endswith(output.url, ":5432/wheelhouse?sslmode=require")
    error_message = "user, port, database and TLS"
  }
}

run "production_has_a_second_machine" {
  command = apply
  variables {
    tier              = "db-custom-2-7680"
    high_availability = true
    backups           = 30
    backup_location   = "eu"
  }
  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL"
    error_message = "another zone takes over"
  }
  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].backup_retention_settings[0].retained_backups == 30
    error_message = "30 backups are kept"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name             = "9lives"
    region           = "europe-west1-b"
    postgres_version = "MYSQL_8_0"
    tier             = "large"
    disk_gb          = 5
    backups          = 0
    max_connections  = 10
  }
  expect_failures = [
    var.name, var.region, var.postgres_version, var.tier, var.disk_gb, var.backups, var.max_connections,
  ]
}
