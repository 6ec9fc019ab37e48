{{/* Names, labels and images. The first four are the usual ones and take the root; what belongs to one component takes
(dict "root" $ "name" "backend"). Components are the words of the values that have a block with stopDelaySeconds. */}}

{{- define "wheelhouse.name" -}}
{{- default .Chart.Name .Values.nameOverride -}}
{{- end -}}

{{- define "wheelhouse.fullname" -}}
{{- $name := include "wheelhouse.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.selectorLabels" -}}
app.kubernetes.io/name: {{ include "wheelhouse.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "wheelhouse.labels" -}}
{{ include "wheelhouse.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: wheelhouse
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ include "wheelhouse.tpl" (dict "root" $ "value" .) }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end -}}

{{/* (dict "root" $ "value" …): the value as YAML, with the templates in its texts carried out. */}}
{{- define "wheelhouse.tpl" -}}
{{- $text := toYaml .value -}}
{{- if contains "{{" $text -}}
{{- tpl $text .root -}}
{{- else -}}
{{- $text -}}
{{- end -}}
{{- end -}}

{{/* The names of all components, in the order of the alphabet. */}}
{{- define "wheelhouse.components" -}}
{{- $names := list -}}
{{- range $name, $values := .Values -}}
{{- if and (kindIs "map" $values) (hasKey $values "stopDelaySeconds") -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- sortAlpha $names | join " " -}}
{{- end -}}

{{- define "wheelhouse.component.fullname" -}}
{{- printf "%s-%s" (include "wheelhouse.fullname" .root) .name -}}
{{- end -}}

{{- define "wheelhouse.component.selectorLabels" -}}
{{ include "wheelhouse.selectorLabels" .root }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "wheelhouse.component.labels" -}}
{{ include "wheelhouse.labels" .root }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{/* The inside of an object's metadata: "root" and "name" of the component; "objectName", "labels" and "annotations" where there
are more. */}}
{{- define "wheelhouse.metadata" -}}
name: {{ default (include "wheelhouse.component.fullname" .) .objectName | quote }}
namespace: {{ include "wheelhouse.namespace" .root | quote }}
labels:
  {{- include "wheelhouse.component.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
  {{- end }}
{{- with mergeOverwrite dict .root.Values.commonAnnotations (default dict .annotations) }}
annotations:
  {{- include "wheelhouse.tpl" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "image" .Values.backend.image) */}}
{{- define "wheelhouse.image" -}}
{{- $registry := default .image.registry .root.Values.global.imageRegistry -}}
{{- $name := ternary (printf "%s/%s" $registry .image.repository) .image.repository (ne $registry "") -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $name .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.keySecret" -}}
{{- default (printf "%s-key" (include "wheelhouse.fullname" .)) .Values.auth.existingSecret -}}
{{- end -}}

{{- define "wheelhouse.masterKeySecret" -}}
{{- default (printf "%s-master-key" (include "wheelhouse.fullname" .)) .Values.secrets.existingSecret -}}
{{- end -}}

{{- define "wheelhouse.webhookSecret" -}}
{{- default (printf "%s-webhook" (include "wheelhouse.fullname" .)) .Values.approvals.existingSecret -}}
{{- end -}}

{{/* (list "NAME" "secret" "key"): one variable of a Secret. */}}
{{- define "wheelhouse.secretEnv" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end -}}
