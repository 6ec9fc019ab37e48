{{/* What contradicts itself in approvals. */}}

{{- define "wheelhouse.check.approvals" -}}
{{- with .Values.approvals }}
{{- if and .existingSecret (not .webhookUrl) }}
approvals.existingSecret is "{{ .existingSecret }}", but approvals.webhookUrl is empty, so nothing is signed with it. Set approvals.webhookUrl, or empty approvals.existingSecret
{{- end }}
{{- end }}
{{- end -}}
