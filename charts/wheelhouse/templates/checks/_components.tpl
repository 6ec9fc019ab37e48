{{/* What contradicts itself in every component alike. */}}

{{- define "wheelhouse.check.components" -}}
{{- range $name := include "wheelhouse.components" . | splitList " " }}
{{- $component := index $.Values $name }}
{{- with $component.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{ $name }}.autoscaling.minReplicas is {{ int .minReplicas }}, more than {{ $name }}.autoscaling.maxReplicas, which is {{ int .maxReplicas }}. Swap them
{{- end }}
{{- end }}
{{- if not (dig "requests" "cpu" "" $component.resources) }}
{{ $name }}.resources.requests.cpu is missing, but autoscaling and scheduling depend on it. Set it, for example to 100m
{{- end }}
{{- $mounted := list "/tmp" "/etc/wheelhouse" "/etc/wheelhouse-definitions" }}
{{- range $component.extraVolumeMounts }}
{{- if has .mountPath $mounted }}
{{ $name }}.extraVolumeMounts has "{{ .mountPath }}", where the chart already mounts something. Choose another path
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
