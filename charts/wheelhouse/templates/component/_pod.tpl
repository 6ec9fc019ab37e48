{{/* What all our Pods have in common, so that one that is not restricted cannot be written by accident. */}}

{{- define "wheelhouse.component.pod" -}}
serviceAccountName: {{ include "wheelhouse.component.serviceAccountName" . | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "wheelhouse.pullSecrets" .root }}
securityContext:
  {{- include "wheelhouse.podSecurity" . | nindent 2 }}
terminationGracePeriodSeconds: {{ .values.terminationGracePeriodSeconds }}
{{- $affinity := default (include "wheelhouse.component.apart" . | fromYaml) .values.affinity }}
{{- include "wheelhouse.placement" (merge (dict "affinity" $affinity) .values) }}
topologySpreadConstraints:
  {{- with .values.topologySpreadConstraints }}
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
        {{- include "wheelhouse.component.selectorLabels" $ | nindent 8 }}
  {{- end }}
  {{- end }}
containers:
  {{- include "wheelhouse.component.container" . | nindent 2 }}
volumes:
  {{- with .spec.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ .spec.tmp }}
  {{- with .values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* Rather not two on one node. */}}
{{- define "wheelhouse.component.apart" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "wheelhouse.component.selectorLabels" . | nindent 12 }}
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
