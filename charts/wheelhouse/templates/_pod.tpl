{{/* What all our Pods have in common, so that one that is not restricted cannot be written by accident. */}}

{{/* No version among them: a new chart alone does not restart Pods. */}}
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
serviceAccountName: {{ include "wheelhouse.serviceAccountName" . | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "wheelhouse.pullSecrets" $root }}
securityContext:
  {{- include "wheelhouse.podSecurity" . | nindent 2 }}
terminationGracePeriodSeconds: {{ $component.terminationGracePeriodSeconds }}
{{- $affinity := default (include "wheelhouse.apart" . | fromYaml) $component.affinity }}
{{- include "wheelhouse.placement" (merge (dict "affinity" $affinity) $component) }}
topologySpreadConstraints:
  {{- with $component.topologySpreadConstraints }}
  {{- toYaml . | nindent 2 }}
  {{- else }}
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    # Each roll-out spreads on its own, whatever of the previous one still runs.
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "wheelhouse.selector" (list $root $name) | nindent 8 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{/* Rather not two on one node. */}}
{{- define "wheelhouse.apart" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "wheelhouse.selector" . | nindent 12 }}
{{- end -}}

{{- define "wheelhouse.placement" -}}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
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

{{/* Where a component says that it takes requests. */}}
{{- define "wheelhouse.readyPath" -}}
{{- ternary "/ready" "/index.html" (eq . "backend") -}}
{{- end -}}

{{/* (list component "backend" "/health"): alive is asked elsewhere than ready. */}}
{{- define "wheelhouse.probes" -}}
{{- $probes := (index . 0).probes -}}
{{- $alive := index . 2 -}}
startupProbe:
  httpGet: {path: {{ $alive }}, port: http}
  {{- toYaml $probes.startup | nindent 2 }}
livenessProbe:
  httpGet: {path: {{ $alive }}, port: http}
  {{- toYaml $probes.liveness | nindent 2 }}
readinessProbe:
  httpGet: {path: {{ include "wheelhouse.readyPath" (index . 1) }}, port: http}
  {{- toYaml $probes.readiness | nindent 2 }}
{{- end -}}

{{/* (list "NAME" "secret" "key"): one variable of a Secret. */}}
{{- define "wheelhouse.secretEnv" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end -}}
