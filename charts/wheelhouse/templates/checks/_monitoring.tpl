{{/* What contradicts itself in monitoring. */}}

{{- define "wheelhouse.check.monitoring" -}}
{{- $v := .Values }}
{{- with $v.monitoring.serviceMonitor }}
{{- if and .enabled (eq $v.auth.mode "keys") (not .existingSecret) }}
monitoring.serviceMonitor.existingSecret is empty, but auth.mode is "keys", so Prometheus would be turned away. Make an API key of the scope read, put it into a Secret and name it there
{{- end }}
{{- if and .enabled $v.networkPolicy.enabled (not $v.networkPolicy.metricsFrom) }}
monitoring.serviceMonitor.enabled is true, but networkPolicy.metricsFrom is empty, so no policy lets Prometheus in. Set networkPolicy.metricsFrom to where it runs, such as [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
{{- end }}
{{- end }}
{{- with $v.monitoring.prometheusRule }}
{{- if and .enabled (not .groups) }}
monitoring.prometheusRule.groups is empty, so there is no rule to make. List groups of rules, or set monitoring.prometheusRule.enabled to false
{{- end }}
{{- if and .groups (not .enabled) }}
monitoring.prometheusRule.groups has rules, but monitoring.prometheusRule.enabled is false, so nobody reads them. Set it to true, or clear monitoring.prometheusRule.groups
{{- end }}
{{- end }}
{{- end -}}
