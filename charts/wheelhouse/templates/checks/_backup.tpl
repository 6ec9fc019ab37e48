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
{{- if and $v.backup.enabled $v.backup.encryption.recipients $v.backup.drill.enabled (not $v.backup.encryption.existingSecret) }}
backup.drill.enabled is true, but backup.encryption.existingSecret is empty, so the drill cannot open the dumps that backup.encryption.recipients has encrypted. Name a Secret with a secret key under "identity", or switch the drill off and rehearse where the key is
{{- end }}
{{- range $v.backup.encryption.recipients }}
{{- if not (regexMatch "^age1[02-9ac-hj-np-z]{58}$" .) }}
backup.encryption.recipients has "{{ trunc 12 . }}…", which is not a public key of age: those are age1 and 58 letters and digits. "bin/wheelhouse dumps key" and age-keygen make them
{{- end }}
{{- end }}
{{- if and $v.backup.store.place $v.backup.storage.existingClaim }}
backup.storage.existingClaim is "{{ $v.backup.storage.existingClaim }}", but backup.store.place is set, so the dumps go to the store and not to the claim. Set one of them
{{- end }}
{{- end -}}
