{{/* The component's own container. */}}
{{- define "wheelhouse.component.container" -}}
- name: {{ .name }}
  image: {{ include "wheelhouse.image" (dict "root" .root "image" .values.image) | quote }}
  imagePullPolicy: {{ .values.image.pullPolicy }}
  {{- with .values.command }}
  command:
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
  {{- end }}
  {{- with .values.args }}
  args:
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "wheelhouse.security" (dict "root" .root "context" .values.containerSecurityContext) | nindent 4 }}
  ports:
    - name: http
      containerPort: {{ .spec.port }}
    {{- with .spec.metricsPort }}
    - name: metrics
      containerPort: {{ . }}
    {{- end }}
  {{- if or .spec.env .values.extraEnv }}
  env:
    {{- with .spec.env }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with .values.extraEnv }}
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with .values.extraEnvFrom }}
  envFrom:
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
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
  {{- with include "wheelhouse.component.lifecycle" . | fromYaml }}
  lifecycle:
    {{- toYaml . | nindent 4 }}
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
    {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* The pause runs in the kubelet: no shell is needed in the image. */}}
{{- define "wheelhouse.component.lifecycle" -}}
{{- with .values.stopDelaySeconds }}
preStop:
  sleep:
    seconds: {{ . }}
{{- end }}
{{- with .values.lifecycle }}
{{ include "wheelhouse.tpl" (dict "root" $.root "value" .) }}
{{- end }}
{{- end -}}
