{{/* Names that Kubernetes would refuse, one object after the other, when half of the release is there. */}}

{{- define "wheelhouse.check.fullnameOverride" -}}
{{- $release := .Release.Name }}
{{- include "wheelhouse.check.name" (list (include "wheelhouse.fullname" .) "fullnameOverride" $release 40) }}
{{- if .Values.postgresql.enabled }}
{{- range $name := list (include "postgresql.v1.primary.fullname" .Subcharts.postgresql) (include "postgresql.v1.readReplica.fullname" .Subcharts.postgresql) }}
{{- if or (eq (dig "architecture" "" $.Values.postgresql) "replication") (not (hasSuffix "-read" $name)) }}
{{- /* Its Pods carry the name and a hash of eleven letters as a label, which takes 63. */}}
{{- include "wheelhouse.check.name" (list $name "postgresql.fullnameOverride" $release 52) }}
{{- end }}
{{- end }}
{{- end }}
{{- $bundled := index .Values "ingress-nginx" }}
{{- if $bundled.enabled }}
{{- $name := include "ingress-nginx.controller.fullname" (index .Subcharts "ingress-nginx") }}
{{- $suffix := ternary "-metrics" "" (dig "metrics" "enabled" false $bundled.controller) }}
{{- $suffix = ternary "-admission" $suffix (dig "admissionWebhooks" "enabled" false $bundled.controller) }}
{{- include "wheelhouse.check.name" (list (printf "%s%s" $name $suffix) "ingress-nginx.fullnameOverride" $release 63) }}
{{- end }}
{{- end -}}

{{/* (list name key release most) */}}
{{- define "wheelhouse.check.name" -}}
{{- $name := index . 0 }}
{{- $key := index . 1 }}
{{- $most := index . 3 }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
The release's name "{{ index . 2 }}" makes "{{ $name }}" the name of Services, which begin with a letter and have letters, digits and hyphens only. Choose another release name, or set {{ $key }}
{{- else if gt (len $name) (int $most) }}
The release's name "{{ index . 2 }}" makes "{{ $name }}" a name of {{ len $name }} letters, of which Kubernetes takes {{ $most }} there. Choose a shorter release name, or set {{ $key }}, for example to "{{ trunc 20 (index . 2) | trimSuffix "-" }}-{{ ternary "pg" "in" (hasPrefix "postgresql" $key) }}"
{{- end }}
{{- end -}}
