{{/* What the bundled charts do not read alike in global. */}}

{{- define "wheelhouse.check.global" -}}
{{- with .Values.global }}
{{- if and .imageRegistry (index $.Values "ingress-nginx" "enabled") (not (dig "image" "registry" "" .)) }}
global.imageRegistry is "{{ .imageRegistry }}", but the bundled controller reads global.image.registry, so its images would come from registry.k8s.io. Set global.image.registry to the same mirror, or to registry.k8s.io if that is meant
{{- end }}
{{- end }}
{{- end -}}
