variables {
  project  = "wheelhouse-prod"
  bucket   = "wheelhouse-prod-console"
  location = "EU"
  hosts    = ["console.example.com"]
}

run "cached_and_encrypted" {
  command = apply
  assert {
    condition     = google_compute_backend_bucket.this.enable_cdn && google_compute_ssl_policy.this.min_tls_version == "TLS_1_2"
    error_message = "a cache, and TLS 1.2 at the least"
  }
  assert {
    condition     = google_compute_global_forwarding_rule.this.port_range == "443"
    error_message = "nothing without TLS"
  }
}

run "another_host_is_another_certificate" {
  command = apply
  variables {
    hosts = ["console.example.org", "console.example.com"]
  }
  assert {
    condition     = google_compute_managed_ssl_certificate.this.managed[0].domains[0] == "console.example.com"
    error_message = "the order of hosts changes nothing"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    name  = "Console"
    hosts = ["https://console.example.com"]
  }
  expect_failures = [var.name, var.hosts]
}
