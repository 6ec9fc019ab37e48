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
- name: DUMPS
  value: /backup
- name: KEEP_DAYS
  value: {{ .Values.backup.keepDays | quote }}
- name: KEEP_LEAST
  value: {{ .Values.backup.keepAtLeast | quote }}
- name: HOME
  value: /tmp
{{- end -}}
