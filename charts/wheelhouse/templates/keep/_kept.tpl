{{/* (dict "root" $ "name" "rel-key" "made" (dict "key" "value")): a Secret with what is there already, else with what was made.
Without a cluster nothing is there; the Secret is the same one. */}}
{{- define "wheelhouse.keptSecret" -}}
{{- $there := dig "data" dict (lookup "v1" "Secret" (include "wheelhouse.namespace" .root) .name | default dict) | default dict -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" "backend" "objectName" .name "annotations" (dict "helm.sh/resource-policy" "keep")) | nindent 2 }}
type: Opaque
data:
  {{- range $key, $made := .made }}
  {{ $key | quote }}: {{ default ($made | b64enc) (get $there $key) }}
  {{- end }}
{{- end -}}

{{/* Whether the passwords of the bundled Postgres are ours to make. */}}
{{- define "wheelhouse.makesPasswords" -}}
{{- if and .Values.postgresql.enabled (not (dig "postgresql" "auth" "existingSecret" "" .Values.global)) -}}
{{- if eq (toString .Values.postgresql.auth.existingSecret) "{{ .Release.Name }}-database" }}yes{{ end -}}
{{- end -}}
{{- end -}}

{{/* What earlier versions of this release wrote down about themselves; empty without a cluster. */}}
{{- define "wheelhouse.installed" -}}
{{- dig "data" dict (lookup "v1" "ConfigMap" (include "wheelhouse.namespace" .) (include "wheelhouse.component.fullname" (dict "root" . "name" "installed")) | default dict) | toYaml -}}
{{- end -}}

{{/* The claim on which the bundled Postgres writes; empty where it keeps nothing. */}}
{{- define "wheelhouse.postgresClaim" -}}
{{- if and .Values.postgresql.enabled (dig "primary" "persistence" "enabled" true .Values.postgresql) -}}
{{- default (printf "data-%s-0" (include "postgresql.v1.primary.fullname" .Subcharts.postgresql)) (dig "primary" "persistence" "existingClaim" "" .Values.postgresql) -}}
{{- end -}}
{{- end -}}

{{/* The major version of the bundled Postgres; empty where a digest hides it. */}}
{{- define "wheelhouse.postgresMajor" -}}
{{- if not (dig "image" "digest" "" .Values.postgresql) -}}
{{- $tag := dig "image" "tag" "" .Values.postgresql | toString -}}
{{- regexFind "^[0-9]+" (ternary $tag (default "" .Subcharts.postgresql.Chart.AppVersion) (regexMatch "^[0-9]" $tag)) -}}
{{- end -}}
{{- end -}}
