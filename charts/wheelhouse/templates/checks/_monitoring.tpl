{{/* What contradicts itself in monitoring. */}}

{{- define "wheelhouse.check.monitoring" -}}
{{- $v := .Values }}
{{- with $v.monitoring.serviceMonitor }}
{{- $port := int $v.monitoring.port }}
{{- if and .enabled (eq $v.auth.mode "keys") (not .existingSecret) (not $port) }}
monitoring.serviceMonitor.existingSecret is empty, but auth.mode is "keys", so Prometheus would be turned away. Set monitoring.port to 9090, where no key is asked for; or make an API key of the scope read, put it into a Secret and name it there
{{- end }}
{{- if and $port .existingSecret }}
monitoring.serviceMonitor.existingSecret is "{{ .existingSecret }}", but monitoring.port is {{ $port }}, where no key is asked for. Clear it, or set monitoring.port to 0
{{- end }}
{{- if and $port (or (lt $port 1024) (eq $port 8080)) }}
monitoring.port is {{ $port }}, which {{ ternary "is the API's own" "only root may listen on" (eq $port 8080) }}. Set it to another from 1024 to 65535, such as 9090
{{- end }}
{{- if and $port (not $v.networkPolicy.enabled) }}
monitoring.port is {{ $port }}, but networkPolicy.enabled is false, so every Pod of the cluster would read the metrics of all tenants without a key. Set networkPolicy.enabled to true, or monitoring.port to 0
{{- end }}
{{- if and $port $v.networkPolicy.enabled (not $v.networkPolicy.metricsFrom) (not .enabled) }}
monitoring.port is {{ $port }}, but networkPolicy.metricsFrom is empty, so nobody may come to it. Set networkPolicy.metricsFrom to where Prometheus runs, or monitoring.port to 0
{{- end }}
{{- if and .enabled $v.networkPolicy.enabled (not $v.networkPolicy.metricsFrom) }}
monitoring.serviceMonitor.enabled is true, but networkPolicy.metricsFrom is empty, so no policy lets Prometheus in. Set networkPolicy.metricsFrom to where it runs, such as [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
{{- end }}
{{- end }}
{{- with $v.monitoring.prometheusRule }}
{{- if and .enabled (not .groups) (not .shipped) }}
monitoring.prometheusRule.groups is empty and monitoring.prometheusRule.shipped is false, so there is no rule to make. Set monitoring.prometheusRule.shipped to true, list groups of rules, or set monitoring.prometheusRule.enabled to false
{{- end }}
{{- if and .groups (not .enabled) }}
monitoring.prometheusRule.groups has rules, but monitoring.prometheusRule.enabled is false, so nobody reads them. Set it to true, or clear monitoring.prometheusRule.groups
{{- end }}
{{- end }}
{{- end -}}
