{{/* What contradicts itself in gateway. */}}

{{- define "wheelhouse.check.gateway" -}}
{{- $v := .Values }}
{{- if and $v.gateway.enabled (not $v.gateway.parentRefs) }}
gateway.parentRefs is empty, so the HTTPRoute would attach to no Gateway. Name one, such as {name: public, namespace: gateways}
{{- end }}
{{- end -}}
