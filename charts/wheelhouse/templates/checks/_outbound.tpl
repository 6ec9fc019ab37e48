{{/* What contradicts itself in outbound. */}}

{{- define "wheelhouse.check.outbound" -}}
{{- with .Values.outbound }}
{{- if and .caBundle.existingConfigMap .caBundle.existingSecret }}
outbound.caBundle.existingConfigMap is "{{ .caBundle.existingConfigMap }}" and outbound.caBundle.existingSecret is "{{ .caBundle.existingSecret }}", but there is one bundle. Put all certificates into one of the two, and clear the other
{{- end }}
{{- if and .proxy.existingSecret (or .proxy.http .proxy.https) }}
outbound.proxy.existingSecret is "{{ .proxy.existingSecret }}", and outbound.proxy.http or outbound.proxy.https names a proxy too. Clear one of the two
{{- end }}
{{- range $key := list "http" "https" }}
{{- if contains "@" (get $.Values.outbound.proxy $key) }}
outbound.proxy.{{ $key }} has a user or a password in it, which everybody would see who may see the release. Put the address into a Secret and name that in outbound.proxy.existingSecret
{{- end }}
{{- end }}
{{- $isSet := or .proxy.existingSecret .proxy.http .proxy.https }}
{{- if and .proxy.noProxy (not $isSet) }}
outbound.proxy.noProxy names exceptions, but there is no proxy. Set outbound.proxy.http and outbound.proxy.https, or clear outbound.proxy.noProxy
{{- end }}
{{- if and .proxy.untrusted (not $isSet) }}
outbound.proxy.untrusted is true, but there is no proxy. Set outbound.proxy.http and outbound.proxy.https, or set outbound.proxy.untrusted to false
{{- end }}
{{- end }}
{{- end -}}
