{{- define "postgresql.v1.chart.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- default (ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name)) .Values.fullnameOverride -}}
{{- end -}}
{{- define "postgresql.v1.primary.fullname" -}}
{{- include "postgresql.v1.chart.fullname" . }}{{ if eq .Values.architecture "replication" }}-primary{{ end -}}
{{- end -}}
{{- define "postgresql.v1.service.port" -}}{{ .Values.primary.service.ports.postgresql }}{{- end -}}
{{- define "postgresql.v1.database" -}}{{ .Values.auth.database }}{{- end -}}
{{- define "postgresql.v1.secretName" -}}{{ tpl .Values.auth.existingSecret . | default (include "postgresql.v1.chart.fullname" .) }}{{- end -}}
{{- define "postgresql.v1.adminPasswordKey" -}}
{{- ternary .Values.auth.secretKeys.adminPasswordKey "postgres-password" (ne .Values.auth.existingSecret "") -}}
{{- end -}}
