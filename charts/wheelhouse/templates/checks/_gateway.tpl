{{/* What contradicts itself in gateway. */}}

{{- define "wheelhouse.check.gateway" -}}
{{- $v := .Values }}
{{- if and $v.gateway.enabled (not $v.gateway.parentRefs) }}
gateway.parentRefs is empty, so the HTTPRoute would attach to no Gateway. Name one, such as {name: public, namespace: gateways}
{{- end }}
{{- if and $v.gateway.provider (not $v.gateway.enabled) }}
gateway.provider is "{{ $v.gateway.provider }}", but gateway.enabled is false, so there is no route for it. Set gateway.enabled to true, or clear gateway.provider
{{- end }}
{{- end -}}
