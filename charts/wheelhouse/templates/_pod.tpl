{{/* What all our Pods have in common, so that one that is not restricted cannot be written by accident. */}}

{{/* No version among them: a new chart alone does not start Pods anew. */}}
{{- define "wheelhouse.podLabels" -}}
{{ include "wheelhouse.selector" . }}
app.kubernetes.io/part-of: wheelhouse
{{- with (index . 0).Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* (list $ "backend"): the head of a Pod's spec. */}}
{{- define "wheelhouse.pod" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $component := index $root.Values $name -}}
serviceAccountName: {{ include "wheelhouse.serviceAccountName" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "wheelhouse.pullSecrets" $root }}
securityContext:
  {{- include "wheelhouse.podSecurity" . | nindent 2 }}
terminationGracePeriodSeconds: {{ $component.terminationGracePeriodSeconds }}
{{- with $component.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $component.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $component.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $component.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- with $component.topologySpreadConstraints }}
  {{- toYaml . | nindent 2 }}
  {{- else }}
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "wheelhouse.selector" (list $root $name) | nindent 8 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{- define "wheelhouse.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "wheelhouse.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The pause runs in the kubelet: no shell is needed in the image. */}}
{{- define "wheelhouse.stopDelay" -}}
{{- with .stopDelaySeconds -}}
lifecycle:
  preStop:
    sleep:
      seconds: {{ . }}
{{- end }}
{{- end -}}

{{/* (list "NAME" "secret" "key"): one variable of a Secret. */}}
{{- define "wheelhouse.secretEnv" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end -}}
