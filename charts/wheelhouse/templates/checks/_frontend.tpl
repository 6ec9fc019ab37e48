{{/* What contradicts itself in frontend. */}}

{{- define "wheelhouse.check.frontend" -}}
{{- $v := .Values }}
{{- if le (int $v.frontend.terminationGracePeriodSeconds) (int $v.frontend.stopDelaySeconds) }}
frontend.terminationGracePeriodSeconds is {{ int $v.frontend.terminationGracePeriodSeconds }}, not more than frontend.stopDelaySeconds, which is {{ int $v.frontend.stopDelaySeconds }}: open requests would be cut off. Set it to {{ add $v.frontend.stopDelaySeconds 5 }} or more
{{- end }}
{{- end -}}
