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
{{- $volume := dig "primary" "persistence" "volumeName" "data" .Values.postgresql -}}
{{- default (printf "%s-%s-0" $volume (include "postgresql.v1.primary.fullname" .Subcharts.postgresql)) (dig "primary" "persistence" "existingClaim" "" .Values.postgresql) -}}
{{- end -}}
{{- end -}}

{{/* As whom the backend works in the bundled Postgres. Sub-charts make the owner on an empty volume only: data that was there before
stays with whom it belongs to, the superuser up to 0.1. */}}
{{- define "wheelhouse.postgresUser" -}}
{{- $before := include "wheelhouse.installed" . | fromYaml -}}
{{- $claim := include "wheelhouse.postgresClaim" . -}}
{{- if and $claim (eq $claim (get $before "postgres-claim")) (lookup "v1" "PersistentVolumeClaim" (include "wheelhouse.namespace" .) $claim) -}}
{{- default "postgres" (get $before "postgres-user") -}}
{{- else -}}
{{- default "postgres" (include "postgresql.v1.username" .Subcharts.postgresql) -}}
{{- end -}}
{{- end -}}

{{/* The major version of the bundled Postgres; empty where a digest hides it. */}}
{{- define "wheelhouse.postgresMajor" -}}
{{- if not (dig "image" "digest" "" .Values.postgresql) -}}
{{- $tag := dig "image" "tag" "" .Values.postgresql | toString -}}
{{- regexFind "^[0-9]+" (ternary $tag (default "" .Subcharts.postgresql.Chart.AppVersion) (regexMatch "^[0-9]" $tag)) -}}
{{- end -}}
{{- end -}}

{{/* (dict "root" $ "kept" (list "secret/rel-key")): what a release of another nameOverride left; empty without a cluster. */}}
{{- define "wheelhouse.keptUnderOtherNames" -}}
{{- $root := .root -}}
{{- $found := list -}}
{{- range $kind := list "Secret" "ConfigMap" -}}
{{- range $one := dig "items" list (lookup "v1" $kind (include "wheelhouse.namespace" $root) "" | default dict) -}}
{{- $labels := dig "metadata" "labels" dict $one | default dict -}}
{{- $isKept := eq (dig "metadata" "annotations" "helm.sh/resource-policy" "" $one) "keep" -}}
{{- $name := printf "%s/%s" (lower $kind) $one.metadata.name -}}
{{- if and $isKept (eq (get $labels "app.kubernetes.io/instance") $root.Release.Name) (eq (get $labels "app.kubernetes.io/part-of") "wheelhouse") (not (has $name $.kept)) -}}
{{- $found = append $found $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- join " " $found -}}
{{- end -}}
