{{/* What contradicts itself in secrets. */}}

{{- define "wheelhouse.check.secrets" -}}
{{- with .Values.secrets }}
{{- if and .existingSecretPreviousKey (not .existingSecret) }}
secrets.existingSecretPreviousKey is "{{ .existingSecretPreviousKey }}", but secrets.existingSecret is empty, so the chart makes a Secret with one key. Name a Secret of yours with both keys, or empty secrets.existingSecretPreviousKey
{{- end }}
{{- end }}
{{- end -}}
