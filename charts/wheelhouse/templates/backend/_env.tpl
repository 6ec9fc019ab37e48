{{/* The backend's variables, all but those of its settings file. */}}
{{- define "wheelhouse.backendEnv" -}}
- name: WHEELHOUSE_CONFIG
  value: /etc/wheelhouse/settings.yaml
- name: LOG_FORMAT
  value: {{ .Values.backend.logFormat }}
- name: AUTH_MODE
  value: {{ .Values.auth.mode }}
{{- if eq .Values.auth.mode "none" }}
- name: AUTH_ALLOW_OPEN
  value: {{ .Values.auth.allowOpen | quote }}
{{- else }}
{{ include "wheelhouse.secretEnv" (list "AUTH_BOOTSTRAP_KEY" (include "wheelhouse.keySecret" .) .Values.auth.existingSecretKey) }}
{{- end }}
{{ include "wheelhouse.databaseEnv" . }}
{{- with include "wheelhouse.modelEnv" . | trim }}
{{ . }}
{{- end }}
{{- with include "wheelhouse.embeddingsEnv" . | trim }}
{{ . }}
{{- end }}
{{- with .Values.secrets }}
{{ include "wheelhouse.secretEnv" (list "SECRETS_MASTER_KEY" (include "wheelhouse.masterKeySecret" $) .existingSecretKey) }}
{{- if .existingSecretPreviousKey }}
{{ include "wheelhouse.secretEnv" (list "SECRETS_PREVIOUS_MASTER_KEY" .existingSecret .existingSecretPreviousKey) }}
{{- end }}
{{- end }}
{{- if .Values.approvals.webhookUrl }}
{{ include "wheelhouse.secretEnv" (list "APPROVALS_WEBHOOK_SECRET" (include "wheelhouse.webhookSecret" .) .Values.approvals.existingSecretKey) }}
{{- end }}
{{- if .Values.definitions }}
- name: DEFINITIONS_DIR
  value: /etc/wheelhouse-definitions
# The example collection goes with the example agents.
- name: COLLECTIONS_DIR
  value: ""
{{- end }}
{{- with include "wheelhouse.proxyEnv" . | trim }}
{{ . }}
{{- end }}
{{- with .Values.backend.profile }}
- name: WHEELHOUSE_PROFILE
  value: {{ . }}
{{- end }}
- name: JAVA_OPTS
  value: {{ printf "-XX:MaxRAMPercentage=%d %s" (int .Values.backend.heapPercent) .Values.backend.extraJavaOpts | trim | quote }}
{{- end -}}

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
{{- $user := include "wheelhouse.postgresUser" . }}
- name: DATABASE_USER
  value: {{ $user | quote }}
{{- $key := include (ternary "postgresql.v1.adminPasswordKey" "postgresql.v1.userPasswordKey" (eq $user "postgres")) $postgres }}
{{ include "wheelhouse.secretEnv" (list "DATABASE_PASSWORD" (include "postgresql.v1.secretName" $postgres) $key) }}
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

{{/* Whose names end like this is in the cluster, and no proxy knows the way to it. */}}
{{- define "wheelhouse.proxyEnv" -}}
{{- with .Values.outbound.proxy }}
{{- if .existingSecret }}
{{ include "wheelhouse.secretEnv" (list "HTTP_PROXY" .existingSecret .existingSecretHttpKey) }}
{{ include "wheelhouse.secretEnv" (list "HTTPS_PROXY" .existingSecret .existingSecretHttpsKey) }}
{{- end }}
{{- with .http }}
- name: HTTP_PROXY
  value: {{ . | quote }}
{{- end }}
{{- with .https }}
- name: HTTPS_PROXY
  value: {{ . | quote }}
{{- end }}
{{- if or .existingSecret .http .https }}
- name: NO_PROXY
  value: {{ concat (list "localhost" "127.0.0.1" "::1" ".svc" ".cluster.local") .noProxy | join "," | quote }}
{{- end }}
{{- end }}
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

{{- define "wheelhouse.embeddingsEnv" -}}
{{- with .Values.knowledge.embeddings }}{{ if .existingSecret }}
{{ include "wheelhouse.secretEnv" (list "KNOWLEDGE_EMBEDDINGS_KEY" .existingSecret .existingSecretKey) }}
{{- end }}{{ end }}
{{- end -}}

{{- define "wheelhouse.isDemo" -}}
{{- with .Values.models -}}
{{- if not (or .openai.existingSecret .anthropic.existingSecret .server.url .aliases.default) }}yes{{ end -}}
{{- end -}}
{{- end -}}
