{{/* Where the Ingress answers inside the cluster: what the values say, or the bundled controller's Service. A release that nothing leads to
has none: what answers there would be another, such as the one that it will replace. */}}
{{- define "wheelhouse.testIngress" -}}
{{- if not (or .Values.ingress.enabled .Values.gateway.enabled .Values.route.enabled) -}}
{{- else if .Values.test.ingressUrl -}}
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
