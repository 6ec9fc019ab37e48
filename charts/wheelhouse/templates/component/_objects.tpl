{{/* What a component has beside its Pods. */}}

{{- define "wheelhouse.component.serviceAccountName" -}}
{{- $account := .values.serviceAccount -}}
{{- if $account.create -}}
{{- default (include "wheelhouse.component.fullname" .) $account.name -}}
{{- else -}}
{{- default "default" $account.name -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.serviceAccount" -}}
{{- $account := .values.serviceAccount -}}
{{- if $account.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "objectName" (include "wheelhouse.component.serviceAccountName" .) "annotations" $account.annotations) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.service" -}}
{{- $preset := include "wheelhouse.servicePreset" . | fromYaml -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "annotations" (mergeOverwrite $preset .values.service.annotations)) | nindent 2 }}
spec:
  selector:
    {{- include "wheelhouse.component.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .values.service.port }}
      targetPort: http
{{- end -}}

{{/* How many Pods there are at the least. */}}
{{- define "wheelhouse.component.leastReplicas" -}}
{{- ternary .values.autoscaling.minReplicas .values.replicaCount .values.autoscaling.enabled | int -}}
{{- end -}}

{{/* One Pod may always go, sick ones at once: a drain never waits for it. */}}
{{- define "wheelhouse.component.podDisruptionBudget" -}}
{{- if and .values.podDisruptionBudget.enabled (gt (include "wheelhouse.component.leastReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "wheelhouse.component.selectorLabels" . | nindent 6 }}
{{- end -}}
{{- end -}}

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
