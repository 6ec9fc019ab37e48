{{/* Where the Ingress answers inside the cluster: what the values say, or the bundled controller's Service. */}}
{{- define "wheelhouse.testIngress" -}}
{{- if .Values.test.ingressUrl -}}
{{- .Values.test.ingressUrl | trimSuffix "/" -}}
{{- else if and .Values.ingress.enabled (index .Values "ingress-nginx" "enabled") -}}
{{- printf "http://%s" (include "ingress-nginx.controller.fullname" (index .Subcharts "ingress-nginx")) -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.testAgent" -}}
{{- $agents := list -}}
{{- range $name, $definition := .Values.definitions -}}
{{- if ne (toString (default "agent" $definition.kind)) "workflow" -}}
{{- $agents = append $agents $name -}}
{{- end -}}
{{- end -}}
{{- default (default "assistant" (first $agents)) .Values.test.agent -}}
{{- end -}}
