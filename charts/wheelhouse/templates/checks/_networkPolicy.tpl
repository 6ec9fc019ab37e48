{{/* What contradicts itself in networkPolicy. */}}

{{- define "wheelhouse.check.networkPolicy" -}}
{{- $v := .Values }}
{{- with $v.networkPolicy }}
{{- if and .enabled $v.ingress.enabled (eq $v.ingress.provider "alb") (not .allowFrom) }}
networkPolicy.allowFrom is empty, but ingress.provider is "alb", whose load balancer is not a Pod: no request would get through. Set networkPolicy.allowFrom to the addresses of its subnets, such as [{ipBlock: {cidr: 10.0.0.0/16}}]
{{- end }}
{{- range $index, $destination := .allowTo }}
{{- if not (or .cidr .namespace .podLabels) }}
networkPolicy.allowTo[{{ $index }}] has ports but no destination. Set its cidr, namespace or podLabels; for any address, cidr 0.0.0.0/0
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
