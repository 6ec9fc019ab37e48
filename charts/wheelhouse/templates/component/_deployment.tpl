{{- define "wheelhouse.component.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- $name := eq (default "stable" .track) "stable" | ternary (include "wheelhouse.component.fullname" .) (include "wheelhouse.component.canaryName" .) }}
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "objectName" $name "labels" .values.deploymentLabels "annotations" .values.deploymentAnnotations) | nindent 2 }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicaCount }}
  {{- end }}
  revisionHistoryLimit: {{ .values.revisionHistoryLimit }}
  minReadySeconds: {{ .values.minReadySeconds }}
  progressDeadlineSeconds: {{ .values.progressDeadlineSeconds }}
  selector:
    matchLabels:
      {{- include "wheelhouse.component.podSelector" . | nindent 6 }}
  strategy:
    {{- toYaml (ternary (omit .values.strategy "rollingUpdate") .values.strategy (eq .values.strategy.type "Recreate")) | nindent 4 }}
  template:
    metadata:
      labels:
        {{- include "wheelhouse.component.podLabels" . | nindent 8 }}
      {{- with mergeOverwrite (deepCopy (default dict .spec.podAnnotations)) .values.podAnnotations }}
      annotations:
        {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 8 }}
      {{- end }}
    spec:
      {{- include "wheelhouse.component.pod" . | nindent 6 }}
{{- end -}}

{{/* A Deployment's selector never changes, so the track is in it from the start: a second Deployment of the component, on another
track, then has Pods of its own. Budgets and policies select Pods of all tracks. */}}
{{- define "wheelhouse.component.podSelector" -}}
{{ include "wheelhouse.component.selectorLabels" . }}
track: {{ default "stable" .track }}
{{- end -}}

{{/* No version among them: a new chart alone does not restart Pods. */}}
{{- define "wheelhouse.component.podLabels" -}}
{{ include "wheelhouse.component.podSelector" . }}
app.kubernetes.io/part-of: wheelhouse
{{- with mergeOverwrite (deepCopy .root.Values.commonLabels) (default dict .spec.podLabels) .values.podLabels }}
{{ include "wheelhouse.tpl" (dict "root" $.root "value" .) }}
{{- end }}
{{- end -}}
