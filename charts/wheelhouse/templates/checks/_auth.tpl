{{/* What contradicts itself in auth. */}}

{{- define "wheelhouse.check.auth" -}}
{{- with .Values.auth }}
{{- if and (eq .mode "none") (not .allowOpen) }}
auth.mode is "none", and everybody who reaches the Service would be the owner. Set auth.mode to "keys", or auth.allowOpen to true if this is meant
{{- end }}
{{- if and (eq .mode "none") .existingSecret }}
auth.existingSecret is "{{ .existingSecret }}", but auth.mode "none" reads no key. Set auth.mode to "keys", or empty auth.existingSecret
{{- end }}
{{- if and (eq .mode "keys") .allowOpen }}
auth.allowOpen is true, but auth.mode is "keys", which asks everybody for one. Set auth.allowOpen to false, or auth.mode to "none"
{{- end }}
{{- end }}
{{- end -}}
