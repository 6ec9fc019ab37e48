{{/* GKE's load balancer cuts a request after 30 s and asks "/" for health where nothing else is said. */}}
{{- define "wheelhouse.component.backendConfig" -}}
{{- with .root.Values.ingress }}
{{- if and .enabled (eq .provider "gke") $.spec.routes }}
apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata:
  {{- include "wheelhouse.metadata" (dict "root" $.root "name" $.name) | nindent 2 }}
spec:
  timeoutSec: {{ ternary 3600 30 (default false $.spec.streams) }}
  connectionDraining:
    drainingTimeoutSec: 30
  healthCheck:
    type: HTTP
    port: {{ $.spec.port }}
    requestPath: {{ $.spec.ready }}
{{- end }}
{{- end }}
{{- end -}}
