variables {
  chart = "oci://registry.example.com/charts/wheelhouse@sha256:1111111111111111111111111111111111111111111111111111111111111111"
}

run "the_bundled_database" {
  command = apply
  assert {
    condition     = length(kubernetes_secret_v1.database) == 0 && helm_release.this.atomic
    error_message = "no Secret, and back when it does not become ready"
  }
  assert {
    condition     = kubernetes_namespace_v1.this.metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "the namespace is restricted"
  }
}

run "a_database_of_yours_and_images_by_digest" {
  command = apply
  variables {
    values       = ["backend: {replicaCount: 2}"]
    registry     = "registry.example.com"
    hosts        = ["wheelhouse.example.com"]
    database_url = "postgresql://wheelhouse:secret@10.0.0.3:5432/wheelhouse?sslmode=require"
    digests = {
      backend  = "sha256:2222222222222222222222222222222222222222222222222222222222222222"
      frontend = "sha256:3333333333333333333333333333333333333333333333333333333333333333"
    }
  }
  assert {
    condition     = yamldecode(output.values).backend.image.registry == "registry.example.com" && startswith(yamldecode(output.values).frontend.image.digest, "sha256:33")
    error_message = "both by digest"
  }
  assert {
    condition     = yamldecode(output.values).database.existingSecret == "wheelhouse-database-address" && !yamldecode(output.values).postgresql.enabled
    error_message = "the address comes from the Secret"
  }
  assert {
    condition     = !strcontains(output.values, "secret@")
    error_message = "the password is not among the values"
  }
}

run "a_folder_while_one_tries" {
  command = plan
  variables {
    chart = "../../charts/wheelhouse"
  }
  assert {
    condition     = helm_release.this.chart == "../../charts/wheelhouse"
    error_message = "a folder will do"
  }
}

run "what_cannot_work_is_refused" {
  command = plan
  variables {
    release      = "Wheelhouse"
    namespace    = "kube-system"
    chart        = "oci://registry.example.com/charts/wheelhouse:0.1.0"
    values       = ["a: b: c"]
    digests      = { console = "latest" }
    database_url = "10.0.0.3"
  }
  expect_failures = [var.release, var.namespace, var.chart, var.values, var.digests, var.database_url]
}
