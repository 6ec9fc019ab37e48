{{/* The HorizontalPodAutoscaler, or KEDA's ScaledObject in its place: two would pull at the same replicas. */}}

{{- define "wheelhouse.component.autoscaler" -}}
{{- $autoscaling := .values.autoscaling -}}
{{- if $autoscaling.enabled -}}
{{- if eq (get $autoscaling "by") "keda" -}}
{{- include "wheelhouse.component.scaledObject" . -}}
{{- else -}}
{{- include "wheelhouse.component.horizontalPodAutoscaler" . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.horizontalPodAutoscaler" -}}
{{- $autoscaling := .values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "wheelhouse.component.fullname" . }}
  minReplicas: {{ $autoscaling.minReplicas }}
  maxReplicas: {{ $autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $autoscaling.targetCpu }}
    {{- with $autoscaling.targetMemory }}
    - type: Resource
      resource:
        name: memory
        target:
          type: Utilization
          averageUtilization: {{ . }}
    {{- end }}
    {{- with $autoscaling.queue }}{{ if .metric }}
    - type: {{ title .kind }}
      {{ .kind }}:
        metric:
          name: {{ .metric | quote }}
          {{- with .matchLabels }}
          selector:
            matchLabels:
              {{- toYaml . | nindent 14 }}
          {{- end }}
        target:
          type: AverageValue
          averageValue: {{ .target | quote }}
    {{- end }}{{ end }}
  {{- with $autoscaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "wheelhouse.component.scaledObject" -}}
{{- $autoscaling := .values.autoscaling -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "annotations" (include "wheelhouse.component.kedaPause" . | fromYaml)) | nindent 2 }}
spec:
  scaleTargetRef:
    name: {{ include "wheelhouse.component.fullname" . }}
  minReplicaCount: {{ $autoscaling.minReplicas }}
  maxReplicaCount: {{ $autoscaling.maxReplicas }}
  {{- with $autoscaling.keda }}
  pollingInterval: {{ .pollingInterval }}
  cooldownPeriod: {{ .cooldownPeriod }}
  {{- with .fallback }}
  fallback:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- with $autoscaling.behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        value: {{ $autoscaling.targetCpu | quote }}
    {{- with $autoscaling.targetMemory }}
    - type: memory
      metricType: Utilization
      metadata:
        value: {{ . | quote }}
    {{- end }}
    {{- with $autoscaling.kedaTriggers }}
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* KEDA is paused by annotation: at as many replicas as there are, or as are named. */}}
{{- define "wheelhouse.component.kedaPause" -}}
{{- with get .values.autoscaling "keda" -}}
{{- if ge (int .pausedReplicas) 0 -}}
autoscaling.keda.sh/paused-replicas: {{ .pausedReplicas | quote }}
{{- else if .paused -}}
autoscaling.keda.sh/paused: "true"
{{- end -}}
{{- end -}}
{{- end -}}
