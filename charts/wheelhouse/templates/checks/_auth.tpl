{{/* What contradicts itself in auth. */}}

{{- define "wheelhouse.check.auth" -}}
{{- with .Values.auth }}
{{- if and (eq .mode "none") (not .allowOpen) }}
auth.mode is "none", so anyone who can reach the Service would have full access. Set auth.mode to "keys", or auth.allowOpen to true if this is intended
{{- end }}
{{- if and (eq .mode "none") .existingSecret }}
auth.existingSecret is "{{ .existingSecret }}", but auth.mode "none" uses no key. Set auth.mode to "keys", or clear auth.existingSecret
{{- end }}
{{- if and (eq .mode "keys") .allowOpen }}
auth.allowOpen is true, but auth.mode is "keys", which requires a key from everyone. Set auth.allowOpen to false, or auth.mode to "none"
{{- end }}
{{- end }}
{{- end -}}
