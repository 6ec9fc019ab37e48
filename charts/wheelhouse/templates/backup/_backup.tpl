{{/* What the CronJob of the dumps works with. */}}

{{- define "wheelhouse.backup.image" -}}
{{- if .Values.backup.image.repository -}}
{{- include "wheelhouse.image" (dict "root" . "image" .Values.backup.image) -}}
{{- else if .Values.postgresql.enabled -}}
{{- include "postgresql.v1.image" .Subcharts.postgresql | trim -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.backup.claim" -}}
{{- default (printf "%s-backup" (include "wheelhouse.fullname" .)) .Values.backup.storage.existingClaim -}}
{{- end -}}

{{/* The backend's own, but where there is a replica: what it is good for is to be read, so that the primary is not held up. */}}
{{- define "wheelhouse.backup.env" -}}
{{- range $one := include "wheelhouse.databaseEnv" . | fromYamlArray }}
{{- if and (eq $one.name "DATABASE_HOST") $.Values.postgresql.enabled (eq (dig "architecture" "" $.Values.postgresql) "replication") }}
- name: DATABASE_HOST
  value: {{ include "postgresql.v1.readReplica.fullname" $.Subcharts.postgresql | quote }}
{{- else }}
- {{ toYaml $one | nindent 2 | trim }}
{{- end }}
{{- end }}
{{ include "wheelhouse.backup.keep" . }}
- name: MASTER_KEY_SECRET
  value: {{ include "wheelhouse.masterKeySecret" . | quote }}
- name: HOME
  value: /tmp
{{- end -}}

{{- define "wheelhouse.backup.keep" -}}
- name: DUMPS
  value: /backup
- name: KEEP_DAYS
  value: {{ .Values.backup.keepDays | quote }}
- name: KEEP_LEAST
  value: {{ .Values.backup.keepAtLeast | quote }}
- name: KEEP_WEEKS
  value: {{ .Values.backup.keepWeeks | quote }}
{{- end -}}

{{/* A drill makes a database, which a read-only copy cannot. */}}
{{- define "wheelhouse.drill.env" -}}
{{ include "wheelhouse.databaseEnv" . }}
- name: DUMPS
  value: /backup
- name: DUMP
  value: newest
- name: MOST_AGE_HOURS
  value: {{ .Values.backup.drill.mostAgeHours | quote }}
- name: HOME
  value: /tmp
{{- end -}}

{{/* Where rclone finds the store, and how it says who asks. */}}
{{- define "wheelhouse.store.env" -}}
{{- $store := .Values.backup.store -}}
- name: STORE_PLACE
  value: {{ $store.place | quote }}
- name: RCLONE_CONFIG_STORE_TYPE
  value: s3
- name: RCLONE_CONFIG_STORE_PROVIDER
  value: {{ ternary "Other" "AWS" (ne $store.endpoint "") }}
# Its owner made the bucket; a key that may only write into it cannot.
- name: RCLONE_S3_NO_CHECK_BUCKET
  value: "true"
{{- with $store.endpoint }}
- name: RCLONE_CONFIG_STORE_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- with $store.region }}
- name: RCLONE_CONFIG_STORE_REGION
  value: {{ . | quote }}
{{- end }}
{{- with $store.existingSecret }}
{{ include "wheelhouse.secretEnv" (list "RCLONE_CONFIG_STORE_ACCESS_KEY_ID" . "accessKeyId") }}
{{ include "wheelhouse.secretEnv" (list "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY" . "secretAccessKey") }}
{{- else }}
- name: RCLONE_CONFIG_STORE_ENV_AUTH
  value: "true"
{{- end }}
{{ include "wheelhouse.backup.keep" . }}
- name: HOME
  value: /tmp
{{- end -}}
