{{/* What contradicts itself between ingress and ingress-nginx. */}}

{{- define "wheelhouse.check.ingress" -}}
{{- $v := .Values }}
{{- $bundled := index $v "ingress-nginx" }}
{{- if and $bundled.enabled (not $v.ingress.enabled) }}
ingress-nginx.enabled is true, but ingress.enabled is false: the controller would have nothing to do. Set both to the same value
{{- end }}
{{- if and $bundled.enabled $v.ingress.className (ne $v.ingress.className $bundled.controller.ingressClassResource.name) }}
ingress.className is "{{ $v.ingress.className }}", but the bundled controller serves the class "{{ $bundled.controller.ingressClassResource.name }}". Clear ingress.className, or set ingress-nginx.enabled to false
{{- end }}
{{- if and $bundled.enabled (ne $v.ingress.provider "ingress-nginx") }}
ingress.provider is "{{ $v.ingress.provider }}", but the bundled controller is ingress-nginx: streams would be cut off after 60 s. Set ingress.provider to "ingress-nginx", or ingress-nginx.enabled to false
{{- end }}
{{- if $v.ingress.tls.enabled }}
{{- if not $v.ingress.enabled }}
ingress.tls.enabled is true, but ingress.enabled is false, so there is nothing to encrypt. Set ingress.tls.enabled to false
{{- else if or (not $v.ingress.host) (not (or $v.ingress.tls.secretName (has $v.ingress.provider (list "gke" "alb")))) }}
ingress.tls.enabled is true, but TLS needs a host name and a Secret with a certificate. Set ingress.host and ingress.tls.secretName
{{- end }}
{{- end }}
{{- end -}}
