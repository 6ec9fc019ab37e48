{{/* What contradicts itself in backup. */}}

{{- define "wheelhouse.check.backup" -}}
{{- $v := .Values }}
{{- if and $v.backup.enabled (not $v.postgresql.enabled) (not $v.backup.image.repository) }}
backup.image.repository is empty, but postgresql.enabled is false, so there is no image to take pg_dump from. Set it to an image with pg_dump that is at least as new as your server
{{- end }}
{{- if and $v.postgresql.enabled (dig "backup" "enabled" false $v.postgresql) }}
postgresql.backup.enabled is true, but its job holds a token of the API server, deletes no dump, and proves none. Set backup.enabled instead, and copy what it has kept
{{- end }}
{{- if and $v.backup.enabled $v.postgresql.enabled (not (dig "primary" "persistence" "enabled" true $v.postgresql)) }}
backup.enabled is true, but postgresql.primary.persistence.enabled is false: the dumps would be of data that nobody keeps. Switch both on, or both off
{{- end }}
{{- end -}}
