# The console's files from the edge of Google's network: a bucket behind a load balancer with a cache and a certificate. Worth its price
# with users on other continents; everybody else is served by the frontend's Pods.

resource "google_storage_bucket" "this" {
  project                     = var.project
  name                        = var.bucket
  location                    = var.location
  uniform_bucket_level_access = true
  force_destroy               = true
  labels                      = var.labels

  website {
    main_page_suffix = "index.html"
    # The console finds its page by itself.
    not_found_page = "index.html"
  }
}

# The files are what every browser gets: nothing in them is secret.
resource "google_storage_bucket_iam_member" "everybody" {
  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_compute_backend_bucket" "this" {
  project          = var.project
  name             = var.name
  bucket_name      = google_storage_bucket.this.name
  enable_cdn       = true
  compression_mode = "AUTOMATIC"

  cdn_policy {
    # The files say themselves how long they hold: a year for those with a hash in the name, not at all for index.html.
    cache_mode       = "USE_ORIGIN_HEADERS"
    negative_caching = false
  }
}

resource "google_compute_url_map" "this" {
  project         = var.project
  name            = var.name
  default_service = google_compute_backend_bucket.this.id
}

resource "google_compute_managed_ssl_certificate" "this" {
  project = var.project
  name    = "${var.name}-${substr(sha256(join(",", sort(var.hosts))), 0, 8)}"

  managed {
    domains = sort(var.hosts)
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "this" {
  project         = var.project
  name            = var.name
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_target_https_proxy" "this" {
  project          = var.project
  name             = var.name
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
}

resource "google_compute_global_address" "this" {
  project = var.project
  name    = var.name
}

resource "google_compute_global_forwarding_rule" "this" {
  project               = var.project
  name                  = var.name
  target                = google_compute_target_https_proxy.this.id
  ip_address            = google_compute_global_address.this.address
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
