{{/* What all our Pods have in common, so that one that is not restricted cannot be written by accident. */}}

{{- define "wheelhouse.component.pod" -}}
serviceAccountName: {{ include "wheelhouse.component.serviceAccountName" . | quote }}
automountServiceAccountToken: {{ .values.serviceAccount.automountServiceAccountToken }}
enableServiceLinks: false
{{- include "wheelhouse.pullSecrets" .root }}
securityContext:
  {{- include "wheelhouse.security" (dict "root" .root "context" .values.podSecurityContext) | nindent 2 }}
terminationGracePeriodSeconds: {{ .values.terminationGracePeriodSeconds }}
{{- $affinity := default (include "wheelhouse.component.apart" . | fromYaml) .values.affinity }}
{{- include "wheelhouse.placement" (dict "root" .root "values" (merge (dict "affinity" $affinity) .values)) }}
topologySpreadConstraints:
  {{- with .values.topologySpreadConstraints }}
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
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
{{- include "wheelhouse.component.network" . }}
{{- with .values.initContainers }}
initContainers:
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
containers:
  {{- include "wheelhouse.component.container" . | nindent 2 }}
  {{- with .values.extraContainers }}
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
  {{- end }}
volumes:
  {{- with .spec.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ .spec.tmp }}
  {{- with .values.extraVolumes }}
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
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

{{/* How names are looked up in the Pod. */}}
{{- define "wheelhouse.component.network" -}}
{{- with .values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "values" .Values.test): on what nodes, and how they run it. */}}
{{- define "wheelhouse.placement" -}}
{{- with .values.runtimeClassName }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- if eq (toString (get .values "hostUsers")) "false" }}
hostUsers: false
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- range $key := list "nodeSelector" "tolerations" "affinity" }}
{{- with get $.values $key }}
{{ $key }}:
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Names and {name: …} alike. */}}
{{- define "wheelhouse.pullSecrets" -}}
{{- with .Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ kindIs "map" . | ternary (get (kindIs "map" . | ternary . dict) "name") . | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "context" .Values.backend.podSecurityContext): without the ids where OpenShift chooses them itself. */}}
{{- define "wheelhouse.security" -}}
{{- $adapt := .root.Values.global.compatibility.openshift.adaptSecurityContext -}}
{{- $isThere := .root.Capabilities.APIVersions.Has "security.openshift.io/v1" -}}
{{- if or (eq $adapt "force") (and (eq $adapt "auto") $isThere) -}}
{{- omit .context "runAsUser" "runAsGroup" "fsGroup" | toYaml -}}
{{- else -}}
{{- toYaml .context -}}
{{- end -}}
{{- end -}}
