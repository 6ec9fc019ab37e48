{{/* What contradicts itself in secrets. */}}

{{- define "wheelhouse.check.secrets" -}}
{{- with .Values.secrets }}
{{- if and .existingSecretPreviousKey (not .existingSecret) }}
secrets.existingSecretPreviousKey is "{{ .existingSecretPreviousKey }}", but secrets.existingSecret is empty, so the chart makes a Secret with one key. Name a Secret of yours with both keys, or empty secrets.existingSecretPreviousKey
{{- end }}
{{- end }}
{{- if not .Values.secrets.generate }}
{{- $unnamed := list }}
{{- if and (eq .Values.auth.mode "keys") (not .Values.auth.existingSecret) }}
{{- $unnamed = append $unnamed (list "auth.existingSecret" .Values.auth.existingSecretKey) }}
{{- end }}
{{- if not .Values.secrets.existingSecret }}
{{- $unnamed = append $unnamed (list "secrets.existingSecret" .Values.secrets.existingSecretKey) }}
{{- end }}
{{- if and .Values.approvals.webhookUrl (not .Values.approvals.existingSecret) }}
{{- $unnamed = append $unnamed (list "approvals.existingSecret" .Values.approvals.existingSecretKey) }}
{{- end }}
{{- if include "wheelhouse.makesPasswords" . }}
{{- $unnamed = append $unnamed (list "postgresql.auth.existingSecret" "postgres-password, password and replication-password") }}
{{- end }}
{{- range $unnamed }}
{{ first . }} names no Secret of yours, but secrets.generate is false, so the chart makes none. Make a Secret with {{ last . }} and name it there, or set secrets.generate to true
{{- end }}
{{- end }}
{{- end -}}
