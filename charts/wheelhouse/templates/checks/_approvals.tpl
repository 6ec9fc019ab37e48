{{/* What contradicts itself in approvals. */}}

{{- define "wheelhouse.check.approvals" -}}
{{- with .Values.approvals }}
{{- if and .existingSecret (not .webhookUrl) }}
approvals.existingSecret is "{{ .existingSecret }}", but approvals.webhookUrl is empty, so there is nothing to sign. Set approvals.webhookUrl, or clear approvals.existingSecret
{{- end }}
{{- end }}
{{- end -}}
