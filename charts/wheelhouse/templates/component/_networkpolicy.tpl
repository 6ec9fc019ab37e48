{{- define "wheelhouse.component.networkPolicy" -}}
{{- if .root.Values.networkPolicy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "wheelhouse.component.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- $callers := concat (ternary (include "wheelhouse.callers" .root | fromYamlArray) list (not (empty .spec.routes))) (default list .spec.callers) }}
    {{- with $callers }}
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - port: http
    {{- else }}
    []
    {{- end }}
  egress:
    {{- range .spec.reaches }}
    {{- include (printf "wheelhouse.reach.%s" .) $.root | nindent 4 }}
    {{- else }}
    []
    {{- end }}
{{- end -}}
{{- end -}}
