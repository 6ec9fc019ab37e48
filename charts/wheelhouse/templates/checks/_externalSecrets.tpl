{{/* What contradicts itself between externalSecrets and the Secrets that the chart makes. */}}

{{- define "wheelhouse.check.externalSecrets" -}}
{{- with .Values.externalSecrets }}
{{- if and .enabled (not .storeRef.name) }}
externalSecrets.storeRef.name is empty, so the store is unknown. Set it to the name of a {{ .storeRef.kind }}
{{- end }}
{{- if and .enabled (not .secrets) }}
externalSecrets.secrets is empty, so there is nothing to create. List the Secrets that existingSecret names, or set externalSecrets.enabled to false
{{- end }}
{{- if and .secrets (not .enabled) }}
externalSecrets.secrets names Secrets, but externalSecrets.enabled is false, so nothing creates them. Set it to true, or clear externalSecrets.secrets
{{- end }}
{{- end }}
{{- $made := dict }}
{{- if not .Values.auth.existingSecret }}{{ $_ := set $made (include "wheelhouse.keySecret" .) "auth.existingSecret" }}{{ end }}
{{- if not .Values.secrets.existingSecret }}{{ $_ := set $made (include "wheelhouse.masterKeySecret" .) "secrets.existingSecret" }}{{ end }}
{{- if not .Values.approvals.existingSecret }}{{ $_ := set $made (include "wheelhouse.webhookSecret" .) "approvals.existingSecret" }}{{ end }}
{{- if include "wheelhouse.makesPasswords" . }}
{{- $_ := set $made (include "postgresql.v1.secretName" .Subcharts.postgresql) "postgresql.auth.existingSecret" }}
{{- end }}
{{- range $name, $_ := .Values.externalSecrets.secrets }}
{{- if hasKey $made $name }}
externalSecrets.secrets has "{{ $name }}", which the chart would also create. Name it in {{ get $made $name }}, or rename it
{{- end }}
{{- end }}
{{- end -}}
