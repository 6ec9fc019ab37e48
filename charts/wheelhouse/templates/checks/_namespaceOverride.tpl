{{/* The bundled charts have to go where everything else goes. */}}

{{- define "wheelhouse.check.namespaceOverride" -}}
{{- $namespace := include "wheelhouse.namespace" . }}
{{- range $chart := list "postgresql" "ingress-nginx" }}
{{- $bundled := index $.Values $chart }}
{{- /* Without policies a controller may be elsewhere. */}}
{{- if and $bundled.enabled (or (eq $chart "postgresql") $.Values.namespaceOverride) (ne (default $.Release.Namespace $bundled.namespaceOverride) $namespace) }}
{{ $chart }}.namespaceOverride is "{{ default "" $bundled.namespaceOverride }}", but everything else goes to the namespace "{{ $namespace }}", from where policies and names do not reach. Set namespaceOverride and {{ $chart }}.namespaceOverride to the same namespace
{{- end }}
{{- end }}
{{- end -}}
