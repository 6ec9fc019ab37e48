{{- define "postgresql.v1.chart.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- default (ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name)) .Values.fullnameOverride | replace "." "-" -}}
{{- end -}}
{{- define "postgresql.v1.primary.fullname" -}}
{{- include "postgresql.v1.chart.fullname" . }}{{ if eq .Values.architecture "replication" }}-primary{{ end -}}
{{- end -}}
{{- define "postgresql.v1.readReplica.fullname" -}}{{ include "postgresql.v1.chart.fullname" . }}-read{{- end -}}
{{- define "postgresql.v1.image" -}}{{ include "stand-in.image" (dict "root" . "image" .Values.image) }}{{- end -}}
{{- define "postgresql.v1.username" -}}{{ .Values.auth.username }}{{- end -}}
{{- define "postgresql.v1.userPasswordKey" -}}
{{- if or (empty .Values.auth.username) (eq .Values.auth.username "postgres") -}}{{ include "postgresql.v1.adminPasswordKey" . }}
{{- else -}}{{ ternary .Values.auth.secretKeys.userPasswordKey "password" (ne .Values.auth.existingSecret "") }}{{- end -}}
{{- end -}}
{{- define "postgresql.v1.service.port" -}}{{ .Values.primary.service.ports.postgresql }}{{- end -}}
{{- define "postgresql.v1.database" -}}{{ .Values.auth.database }}{{- end -}}
{{- define "postgresql.v1.secretName" -}}{{ tpl .Values.auth.existingSecret . | default (include "postgresql.v1.chart.fullname" .) }}{{- end -}}
{{- define "postgresql.v1.adminPasswordKey" -}}
{{- ternary .Values.auth.secretKeys.adminPasswordKey "postgres-password" (ne .Values.auth.existingSecret "") -}}
{{- end -}}
