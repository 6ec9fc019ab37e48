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
  {{- /* No empty lists: the API server drops them, and a second apply would put them back. */}}
  {{- $callers := concat (ternary (include "wheelhouse.callers" .root | fromYamlArray) list (not (empty .spec.routes))) (default list .spec.callers) }}
  {{- if or $callers .spec.metricsCallers }}
  ingress:
    {{- range $port, $from := dict "http" $callers "metrics" .spec.metricsCallers }}
    {{- with $from }}
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - port: {{ $port }}
    {{- end }}
    {{- end }}
  {{- end }}
  {{- with .spec.reaches }}
  egress:
    {{- range . }}
    {{- include (printf "wheelhouse.reach.%s" .) $.root | nindent 4 }}
    {{- end }}
  {{- end }}
{{- end -}}
{{- end -}}
