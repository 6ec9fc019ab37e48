{{- define "wheelhouse.component.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "wheelhouse.component.podSelector" . | nindent 6 }}
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    metadata:
      labels:
        {{- include "wheelhouse.component.podLabels" . | nindent 8 }}
      {{- with mergeOverwrite (deepCopy (default dict .spec.podAnnotations)) .values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "wheelhouse.component.pod" . | nindent 6 }}
{{- end -}}

{{/* A Deployment's selector never changes, so the track is in it from the start: a second Deployment of the component, on another
track, then has Pods of its own. Services, budgets and policies select the Pods of all tracks. */}}
{{- define "wheelhouse.component.podSelector" -}}
{{ include "wheelhouse.component.selectorLabels" . }}
track: stable
{{- end -}}

{{/* No version among them: a new chart alone does not restart Pods. */}}
{{- define "wheelhouse.component.podLabels" -}}
{{ include "wheelhouse.component.podSelector" . }}
app.kubernetes.io/part-of: wheelhouse
{{- with mergeOverwrite (deepCopy .root.Values.commonLabels) (default dict .spec.podLabels) .values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.component.container" -}}
- name: {{ .name }}
  image: {{ include "wheelhouse.image" (dict "root" .root "image" .values.image) | quote }}
  imagePullPolicy: {{ .values.image.pullPolicy }}
  securityContext:
    {{- include "wheelhouse.containerSecurity" . | nindent 4 }}
  ports:
    - name: http
      containerPort: {{ .spec.port }}
  {{- with concat (default list .spec.env) .values.extraEnv }}
  env:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.extraEnvFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  startupProbe:
    httpGet: {path: {{ .spec.alive }}, port: http}
    {{- toYaml .values.probes.startup | nindent 4 }}
  livenessProbe:
    httpGet: {path: {{ .spec.alive }}, port: http}
    {{- toYaml .values.probes.liveness | nindent 4 }}
  readinessProbe:
    httpGet: {path: {{ .spec.ready }}, port: http}
    {{- toYaml .values.probes.readiness | nindent 4 }}
  {{- /* The pause runs in the kubelet: no shell is needed in the image. */}}
  {{- with .values.stopDelaySeconds }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ . }}
  {{- end }}
  resources:
    {{- toYaml .values.resources | nindent 4 }}
  volumeMounts:
    {{- with .spec.volumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    - name: tmp
      mountPath: /tmp
    {{- with .values.extraVolumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
