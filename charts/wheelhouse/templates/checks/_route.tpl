{{/* What contradicts itself in route. */}}

{{- define "wheelhouse.check.route" -}}
{{- with .Values.route }}
{{- if and .enabled (not .host) }}
route.host is empty, so OpenShift would choose another host name for each path. Set it to the one name of all Routes
{{- end }}
{{- if and .tls.secretName (not .tls.enabled) }}
route.tls.secretName is "{{ .tls.secretName }}", but route.tls.enabled is false, so its certificate is not used. Set route.tls.enabled to true, or clear route.tls.secretName
{{- end }}
{{- end }}
{{- end -}}
