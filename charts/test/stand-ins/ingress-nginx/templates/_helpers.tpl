{{- define "ingress-nginx.fullname" -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- end -}}
{{- define "ingress-nginx.controller.fullname" -}}{{ include "ingress-nginx.fullname" . }}-controller{{- end -}}
