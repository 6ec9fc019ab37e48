{{/* Names, labels and images. Components are "backend", "frontend", "test" and what an object is for. */}}

{{- define "wheelhouse.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* (list $ "backend") */}}
{{- define "wheelhouse.name" -}}
{{- printf "%s-%s" (include "wheelhouse.fullname" (index . 0)) (index . 1) -}}
{{- end -}}

{{- define "wheelhouse.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "wheelhouse.labels" -}}
{{- $root := index . 0 -}}
{{ include "wheelhouse.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: wheelhouse
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "component" "backend"): the inside of an object's metadata; "name", "labels" and
"annotations" where there are more. */}}
{{- define "wheelhouse.metadata" -}}
name: {{ default (include "wheelhouse.name" (list .root .component)) .name | quote }}
namespace: {{ .root.Release.Namespace | quote }}
labels:
  {{- include "wheelhouse.labels" (list .root .component) | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with mergeOverwrite dict .root.Values.commonAnnotations (default dict .annotations) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.serviceAccountName" -}}
{{- $account := (index (index . 0).Values (index . 1)).serviceAccount -}}
{{- if $account.create -}}
{{- default (include "wheelhouse.name" .) $account.name -}}
{{- else -}}
{{- default "default" $account.name -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.image" -}}
{{- $root := index . 0 -}}
{{- $image := (index $root.Values (index . 1)).image -}}
{{- $registry := default $image.registry $root.Values.global.imageRegistry -}}
{{- $name := ternary (printf "%s/%s" $registry $image.repository) $image.repository (ne $registry "") -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default $root.Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* How many Pods there are at the least. */}}
{{- define "wheelhouse.leastReplicas" -}}
{{- $component := index (index . 0).Values (index . 1) -}}
{{- ternary $component.autoscaling.minReplicas $component.replicaCount $component.autoscaling.enabled | int -}}
{{- end -}}

{{- define "wheelhouse.keySecret" -}}
{{- default (include "wheelhouse.name" (list . "key")) .Values.auth.existingSecret -}}
{{- end -}}

{{- define "wheelhouse.masterKeySecret" -}}
{{- default (include "wheelhouse.name" (list . "master-key")) .Values.secrets.existingSecret -}}
{{- end -}}

{{- define "wheelhouse.webhookSecret" -}}
{{- default (include "wheelhouse.name" (list . "webhook")) .Values.approvals.existingSecret -}}
{{- end -}}

{{/* What the backend answers; everything else is the console's. Read by Ingress and HTTPRoute. */}}
{{- define "wheelhouse.backendPaths" -}}
/api /v1 /chat /info /health /ready /metrics /traces /openapi.json /problems
{{- end -}}
