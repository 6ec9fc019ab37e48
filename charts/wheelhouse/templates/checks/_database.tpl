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
{{- if $v.postgresql.enabled }}
{{- include "wheelhouse.check.bundledPostgres" . }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.bundledPostgres" -}}
{{- $postgres := .Values.postgresql }}
{{- $isReplicated := eq (dig "architecture" "" $postgres) "replication" }}
{{- $tag := dig "image" "tag" "" $postgres | toString }}
{{- if and (or $isReplicated .Values.backup.enabled) (not (dig "image" "digest" "" $postgres)) (has $tag (list "" "latest")) }}
postgresql.image.digest is empty, so the image is "{{ default "latest" $tag }}", which moves to another major version by itself and then does not open its own data: too loose for a Postgres that is {{ ternary "replicated" "backed up" $isReplicated }}. Set it to the digest that you have tried: docker buildx imagetools inspect {{ dig "image" "registry" "" $postgres }}/{{ dig "image" "repository" "" $postgres }}:latest
{{- end }}
{{- if eq (toString (dig "auth" "enablePostgresUser" true $postgres)) "false" }}
postgresql.auth.enablePostgresUser is false, but dumps, restores and the owner of the database need the user "postgres", which stays in Postgres's own Pod. Set it to true
{{- end }}
{{- end -}}
