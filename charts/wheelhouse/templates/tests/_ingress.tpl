{{/* Where the Ingress answers inside the cluster: what the values say, or the bundled controller's Service. */}}
{{- define "wheelhouse.testIngress" -}}
{{- if .Values.test.ingressUrl -}}
{{- .Values.test.ingressUrl | trimSuffix "/" -}}
{{- else if and .Values.ingress.enabled (index .Values "ingress-nginx" "enabled") -}}
{{- printf "http://%s" (include "ingress-nginx.controller.fullname" (index .Subcharts "ingress-nginx")) -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.testAgent" -}}
{{- default (default "assistant" (keys .Values.definitions | sortAlpha | first)) .Values.test.agent -}}
{{- end -}}
