{{- define "ingress-nginx.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- default (ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name)) .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "ingress-nginx.controller.fullname" -}}{{ printf "%s-controller" (include "ingress-nginx.fullname" .) | trunc 63 | trimSuffix "-" }}{{- end -}}
