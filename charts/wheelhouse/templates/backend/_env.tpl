{{/* Where Postgres is. Pieces instead of an address: the bundled chart's Secret cannot be read while it is being made. */}}
{{- define "wheelhouse.databaseEnv" -}}
{{- if .Values.postgresql.enabled -}}
{{- $postgres := .Subcharts.postgresql -}}
- name: DATABASE_HOST
  value: {{ include "postgresql.v1.primary.fullname" $postgres | quote }}
- name: DATABASE_PORT
  value: {{ include "postgresql.v1.service.port" $postgres | quote }}
- name: DATABASE_NAME
  value: {{ include "postgresql.v1.database" $postgres | quote }}
- name: DATABASE_USER
  value: postgres
{{ include "wheelhouse.secretEnv" (list "DATABASE_PASSWORD" (include "postgresql.v1.secretName" $postgres) (include "postgresql.v1.adminPasswordKey" $postgres)) }}
{{- else if .Values.database.existingSecretUrlKey -}}
{{ include "wheelhouse.secretEnv" (list "DATABASE_URL" .Values.database.existingSecret .Values.database.existingSecretUrlKey) }}
{{- else -}}
- name: DATABASE_HOST
  value: {{ .Values.database.host | quote }}
- name: DATABASE_PORT
  value: {{ .Values.database.port | quote }}
- name: DATABASE_NAME
  value: {{ .Values.database.name | quote }}
- name: DATABASE_USER
  value: {{ .Values.database.user | quote }}
{{ include "wheelhouse.secretEnv" (list "DATABASE_PASSWORD" .Values.database.existingSecret .Values.database.existingSecretKey) }}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.modelEnv" -}}
{{- with .Values.models.openai }}{{ if .existingSecret }}
{{ include "wheelhouse.secretEnv" (list "OPENAI_API_KEY" .existingSecret .existingSecretKey) }}
{{- end }}{{ end }}
{{- with .Values.models.anthropic }}{{ if .existingSecret }}
{{ include "wheelhouse.secretEnv" (list "ANTHROPIC_API_KEY" .existingSecret .existingSecretKey) }}
{{- end }}{{ end }}
{{- with .Values.models.server }}{{ if .url }}
- name: MODEL_URL
  value: {{ .url | quote }}
- name: MODEL_NAME
  value: {{ .name | quote }}
{{- if .existingSecret }}
{{ include "wheelhouse.secretEnv" (list "MODEL_API_KEY" .existingSecret .existingSecretKey) }}
{{- end }}
{{- end }}{{ end }}
{{- end -}}

{{- define "wheelhouse.isDemo" -}}
{{- with .Values.models -}}
{{- if not (or .openai.existingSecret .anthropic.existingSecret .server.url .aliases.default) }}yes{{ end -}}
{{- end -}}
{{- end -}}
