{{/* What contradicts itself between database, postgresql and who may reach them. */}}

{{- define "wheelhouse.check.database" -}}
{{- $v := .Values }}
{{- if and $v.postgresql.enabled (or $v.database.host $v.database.existingSecret) }}
postgresql.enabled is true, and database.host or database.existingSecret names another Postgres, but there can be only one. Set postgresql.enabled to false, or clear database.host and database.existingSecret
{{- else if not $v.postgresql.enabled }}
{{- if not $v.database.existingSecret }}
database.existingSecret is empty, so the password of your Postgres is unknown. Name a Secret there, or set postgresql.enabled to true
{{- end }}
{{- if not (or $v.database.host $v.database.existingSecretUrlKey) }}
database.host is empty and postgresql.enabled is false, so there is no database. Set database.host, or database.existingSecretUrlKey, or postgresql.enabled to true
{{- end }}
{{- if and $v.database.host $v.database.existingSecretUrlKey }}
database.host is "{{ $v.database.host }}", but the URL under database.existingSecretUrlKey already has a host. Clear one of the two
{{- end }}
{{- end }}
{{- if and $v.postgresql.enabled $v.networkPolicy.databaseTo }}
networkPolicy.databaseTo is for an external Postgres, but postgresql.enabled is true. Clear it, or set postgresql.enabled to false
{{- end }}
{{- if and $v.postgresql.enabled $v.global.imageRegistry (not (dig "security" "allowInsecureImages" false $v.global)) }}
global.imageRegistry is "{{ $v.global.imageRegistry }}", but the bundled Postgres refuses images from any registry but its own. Set global.security.allowInsecureImages to true, or set backend.image.registry and frontend.image.registry instead
{{- end }}
{{- end -}}
