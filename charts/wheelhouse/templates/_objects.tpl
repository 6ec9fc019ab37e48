{{/* Objects that backend and frontend have alike; each takes (list $ "backend"). */}}

{{- define "wheelhouse.serviceAccount" -}}
{{- $account := (index (index . 0).Values (index . 1)).serviceAccount -}}
{{- if $account.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "wheelhouse.serviceAccountName" . }}
  namespace: {{ (index . 0).Release.Namespace }}
  labels:
    {{- include "wheelhouse.labels" . | nindent 4 }}
  {{- with $account.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
{{- end -}}

{{/* One Pod may always go, sick ones at once: a drain never waits for it. */}}
{{- define "wheelhouse.podDisruptionBudget" -}}
{{- $component := index (index . 0).Values (index . 1) -}}
{{- if and $component.podDisruptionBudget.enabled (gt (include "wheelhouse.leastReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "wheelhouse.name" . }}
  namespace: {{ (index . 0).Release.Namespace }}
  labels:
    {{- include "wheelhouse.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "wheelhouse.selector" . | nindent 6 }}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.autoscaler" -}}
{{- $autoscaling := (index (index . 0).Values (index . 1)).autoscaling -}}
{{- if $autoscaling.enabled -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "wheelhouse.name" . }}
  namespace: {{ (index . 0).Release.Namespace }}
  labels:
    {{- include "wheelhouse.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "wheelhouse.name" . }}
  minReplicas: {{ $autoscaling.minReplicas }}
  maxReplicas: {{ $autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $autoscaling.targetCpu }}
{{- end -}}
{{- end -}}

{{/* Who may come to backend and console: the ingress controller and whom the values name. */}}
{{- define "wheelhouse.callers" -}}
{{- if index .Values "ingress-nginx" "enabled" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: ingress-nginx
      app.kubernetes.io/instance: {{ .Release.Name }}
{{ else if not .Values.networkPolicy.allowFrom -}}
- namespaceSelector: {}
{{ end -}}
{{- with .Values.networkPolicy.allowFrom -}}
{{ toYaml . }}
{{ end -}}
{{- end -}}

{{/* Policies see the port of the Pod, and name services listen on others than 53 too: the usual Pods by their label, others by
the usual ports. */}}
{{- define "wheelhouse.dnsEgress" -}}
- to:
    - namespaceSelector: {}
      podSelector:
        matchLabels:
          k8s-app: kube-dns
- to:
    - namespaceSelector: {}
    # The cache that many clusters run on each node.
    - ipBlock:
        cidr: 169.254.20.10/32
  ports:
    {{- range list 53 5353 }}
    - {port: {{ . }}, protocol: UDP}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end -}}
