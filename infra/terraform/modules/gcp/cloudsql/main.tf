# A Postgres of Cloud SQL's on a private address, with backups and recovery to any second of the days that are kept. Its password is
# drawn here, so it is in the state: the state's bucket is as secret as the database.

resource "random_password" "owner" {
  length = 32
  # It becomes part of an address.
  special = false
}

resource "google_sql_database_instance" "this" {
  project             = var.project
  name                = var.name
  region              = var.region
  database_version    = var.postgres_version
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.disk_gb
    disk_autoresize             = true
    disk_autoresize_limit       = var.disk_gb * 10
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = var.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      start_time                     = "02:00"
      location                       = var.backup_location
      transaction_log_retention_days = 7
      backup_retention_settings {
        retained_backups = var.backups
        retention_unit   = "COUNT"
      }
    }
    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }
    insights_config {
      query_insights_enabled = true
    }
    database_flags {
      name  = "max_connections"
      value = tostring(var.max_connections)
    }
    # What happened before an outage can be read afterwards.
    database_flags {
      name  = "log_checkpoints"
      value = "on"
    }
    database_flags {
      name  = "log_connections"
      value = "on"
    }
    database_flags {
      name  = "log_disconnections"
      value = "on"
    }
    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }
    # Statements that take longer than half a second are named in the log.
    database_flags {
      name  = "log_min_duration_statement"
      value = "500"
    }
  }
}

resource "google_sql_database" "this" {
  project  = var.project
  name     = "wheelhouse"
  instance = google_sql_database_instance.this.name
  # It goes with its instance: tables that belong to three roles cannot be dropped by one.
  deletion_policy = "ABANDON"
}

resource "google_sql_user" "owner" {
  project         = var.project
  name            = "wheelhouse"
  instance        = google_sql_database_instance.this.name
  password        = random_password.owner.result
  deletion_policy = "ABANDON"
}
