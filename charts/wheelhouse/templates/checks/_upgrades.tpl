{{/* Jumps that cannot work, seen in what is installed. Without a cluster nothing is seen, and nothing is refused. */}}

{{- define "wheelhouse.check.upgrades" -}}
{{- $before := include "wheelhouse.installed" . | fromYaml }}
{{- $schema := index .Chart.Annotations "wheelhouse.dev/schema" | int }}
{{- $contracted := get $before "schema-contracted" | int }}
{{- if lt $schema $contracted }}
This chart is version {{ .Chart.AppVersion }} with schema {{ $schema }}, but version {{ get $before "version" }} was installed, whose migration {{ $contracted }} removed what older versions need. Install {{ get $before "version" }} or newer, or restore a backup from before it
{{- end }}
{{- $untracked := list }}
{{- range $name := include "wheelhouse.components" . | splitList " " }}
{{- $deployment := include "wheelhouse.component.fullname" (dict "root" $ "name" $name) }}
{{- with lookup "apps/v1" "Deployment" (include "wheelhouse.namespace" $) $deployment }}
{{- if not (dig "spec" "selector" "matchLabels" "track" "" .) }}
{{- $untracked = append $untracked $deployment }}
{{- end }}
{{- end }}
{{- end }}
{{- with $untracked }}
{{ ternary "The Deployment" "The Deployments" (eq (len .) 1) }} {{ join " and " . }} of version 0.1 {{ ternary "has" "have" (eq (len .) 1) }} no label "track" in the selector, which Kubernetes never lets change. Let go of {{ ternary "it" "them" (eq (len .) 1) }} without stopping a Pod, and upgrade again: kubectl -n {{ include "wheelhouse.namespace" $ }} delete deployment {{ join " " . }} --cascade=orphan; kubectl -n {{ include "wheelhouse.namespace" $ }} label replicasets -l app.kubernetes.io/instance={{ $.Release.Name }},app.kubernetes.io/part-of=wheelhouse track=stable; or run "make upgrade", which does both
{{- end }}
{{- $claim := include "wheelhouse.postgresClaim" . }}
{{- if $claim }}
{{- $old := get $before "postgres-claim" }}
{{- $isThere := lookup "v1" "PersistentVolumeClaim" (include "wheelhouse.namespace" .) $claim }}
{{- $major := include "wheelhouse.postgresMajor" . }}
{{- $oldMajor := get $before "postgres-major" }}
{{- if and $isThere (eq $claim $old) $major $oldMajor (ne $major $oldMajor) }}
postgresql brings Postgres {{ $major }}, but the volume claim "{{ $claim }}" was written by Postgres {{ $oldMajor }}, and {{ $major }} cannot read it. Dump, delete the claim, upgrade and restore as UPGRADING.md describes, or stay on {{ $oldMajor }} by setting postgresql.image.digest
{{- end }}
{{- $user := include "wheelhouse.postgresUser" . }}
{{- $wanted := default "postgres" (include "postgresql.v1.username" .Subcharts.postgresql) }}
{{- if and (ne $user $wanted) (ne $user "postgres") }}
postgresql.auth.username is "{{ $wanted }}", but the data on "{{ $claim }}" belongs to "{{ $user }}", and a sub-chart makes its user on an empty volume only. Set it to "{{ $user }}"
{{- end }}
{{- if and $isThere (include "wheelhouse.makesPasswords" .) }}
{{- $secret := include "postgresql.v1.secretName" .Subcharts.postgresql }}
{{- if not (lookup "v1" "Secret" (include "wheelhouse.namespace" .) $secret) }}
The volume claim "{{ $claim }}" is there, but the Secret "{{ $secret }}" with its passwords is gone: new ones would not open it. Put the Secret back, or, if nothing on the claim is worth keeping: kubectl -n {{ include "wheelhouse.namespace" . }} delete pvc {{ $claim }}
{{- end }}
{{- end }}
{{- include "wheelhouse.check.disks" . }}
{{- if and $old (ne $old $claim) (not $isThere) (lookup "v1" "PersistentVolumeClaim" (include "wheelhouse.namespace" .) $old) }}
postgresql would start on the new volume claim "{{ $claim }}" and leave the data on "{{ $old }}" behind. Restore the previous postgresql.architecture and names, or dump, delete "{{ $old }}", upgrade and restore as UPGRADING.md describes
{{- end }}
{{- end }}
{{- $bundled := index .Values "ingress-nginx" }}
{{- if and $bundled.enabled $bundled.controller.ingressClassResource.enabled }}
{{- $class := $bundled.controller.ingressClassResource.name }}
{{- with lookup "networking.k8s.io/v1" "IngressClass" "" $class }}
{{- $owner := dig "metadata" "annotations" "meta.helm.sh/release-name" "" . }}
{{- $place := dig "metadata" "annotations" "meta.helm.sh/release-namespace" "" . }}
{{- if or (ne $owner $.Release.Name) (ne $place $.Release.Namespace) }}
ingress-nginx.controller.ingressClassResource.name is "{{ $class }}", a class that {{ ternary (printf "the release %q in the namespace %q" $owner $place) "someone else" (ne $owner "") }} has already brought to this cluster. Use it: set ingress-nginx.enabled to false and ingress.className to "{{ $class }}"; or set ingress-nginx.controller.ingressClassResource.enabled to false, so that the bundled controller needs no class
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Kubernetes changes no volume of a StatefulSet that is there: the upgrade would fail half-way. */}}
{{- define "wheelhouse.check.disks" -}}
{{- $sets := dict (include "postgresql.v1.primary.fullname" .Subcharts.postgresql) "primary" }}
{{- if eq (dig "architecture" "" .Values.postgresql) "replication" }}
{{- $_ := set $sets (include "postgresql.v1.readReplica.fullname" .Subcharts.postgresql) "readReplicas" }}
{{- end }}
{{- range $name, $key := $sets }}
{{- with lookup "apps/v1" "StatefulSet" (include "wheelhouse.namespace" $) $name }}
{{- range $template := .spec.volumeClaimTemplates }}
{{- $has := dig "spec" "resources" "requests" "storage" "" $template | toString }}
{{- $wants := dig $key "persistence" "size" "" $.Values.postgresql | toString }}
{{- if and $has $wants (ne $has $wants) }}
postgresql.{{ $key }}.persistence.size is "{{ $wants }}", but the disk of "{{ $name }}" was made with {{ $has }}, which Kubernetes does not change. To enlarge it, for each of its claims: kubectl -n {{ include "wheelhouse.namespace" $ }} patch pvc {{ $template.metadata.name }}-{{ $name }}-0 --patch '{"spec":{"resources":{"requests":{"storage":"{{ $wants }}"}}}}'; then kubectl -n {{ include "wheelhouse.namespace" $ }} delete statefulset {{ $name }} --cascade=orphan; and upgrade again. A disk cannot become smaller: set it to "{{ $has }}"
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
