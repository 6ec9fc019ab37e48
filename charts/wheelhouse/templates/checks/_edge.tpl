{{/* What contradicts itself between Ingress, Gateway, policies and Secrets. */}}

{{- define "wheelhouse.check.edge" -}}
{{- $v := .Values }}
{{- $bundled := index $v "ingress-nginx" }}
{{- if and $bundled.enabled (not $v.ingress.enabled) }}
ingress-nginx.enabled is true, but ingress.enabled is false: the controller would have nothing to do. Set both to the same
{{- end }}
{{- if and $bundled.enabled $v.ingress.className (ne $v.ingress.className $bundled.controller.ingressClassResource.name) }}
ingress.className is "{{ $v.ingress.className }}", but the bundled controller serves the class "{{ $bundled.controller.ingressClassResource.name }}". Empty ingress.className, or set ingress-nginx.enabled to false
{{- end }}
{{- if and $bundled.enabled (ne $v.ingress.provider "ingress-nginx") }}
ingress.provider is "{{ $v.ingress.provider }}", but the bundled controller is ingress-nginx: streams would be cut after 60 s. Set ingress.provider to "ingress-nginx", or ingress-nginx.enabled to false
{{- end }}
{{- if $v.ingress.tls.enabled }}
{{- if not $v.ingress.enabled }}
ingress.tls.enabled is true, but ingress.enabled is false, so there is nothing to encrypt. Set ingress.tls.enabled to false
{{- else if or (not $v.ingress.host) (not (or $v.ingress.tls.secretName (has $v.ingress.provider (list "gke" "alb")))) }}
ingress.tls.enabled is true, but a certificate is for a name and lies in a Secret. Set ingress.host and ingress.tls.secretName
{{- end }}
{{- end }}
{{- if and $v.gateway.enabled (not $v.gateway.parentRefs) }}
gateway.parentRefs is empty, so the HTTPRoute belongs to no Gateway. Name one, such as {name: public, namespace: gateways}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.policies" -}}
{{- $v := .Values }}
{{- with $v.networkPolicy }}
{{- if and .enabled $v.ingress.enabled (eq $v.ingress.provider "alb") (not .allowFrom) }}
networkPolicy.allowFrom is empty, but ingress.provider is "alb", whose load balancer is no Pod: nothing would get through. Set networkPolicy.allowFrom to the addresses of its subnets, such as [{ipBlock: {cidr: 10.0.0.0/16}}]
{{- end }}
{{- range $index, $destination := .allowTo }}
{{- if not (or .cidr .namespace .podLabels) }}
networkPolicy.allowTo[{{ $index }}] has ports and no place. Set its cidr, namespace or podLabels; for any address cidr 0.0.0.0/0
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.secrets" -}}
{{- with .Values.externalSecrets }}
{{- if and .enabled (not .storeRef.name) }}
externalSecrets.storeRef.name is empty, so nobody knows which store to ask. Set it to the name of a {{ .storeRef.kind }}
{{- end }}
{{- if and .enabled (not .secrets) }}
externalSecrets.secrets is empty, so there is nothing to write. Name there the Secrets that existingSecret names, or set externalSecrets.enabled to false
{{- end }}
{{- if and .secrets (not .enabled) }}
externalSecrets.secrets names Secrets, but externalSecrets.enabled is false, so nobody writes them. Set it to true, or empty externalSecrets.secrets
{{- end }}
{{- end }}
{{- $made := dict }}
{{- if not .Values.auth.existingSecret }}{{ $_ := set $made (include "wheelhouse.keySecret" .) "auth.existingSecret" }}{{ end }}
{{- if not .Values.approvals.existingSecret }}{{ $_ := set $made (include "wheelhouse.webhookSecret" .) "approvals.existingSecret" }}{{ end }}
{{- if include "wheelhouse.makesPasswords" . }}
{{- $_ := set $made (include "postgresql.v1.secretName" .Subcharts.postgresql) "postgresql.auth.existingSecret" }}
{{- end }}
{{- range $name, $_ := .Values.externalSecrets.secrets }}
{{- if hasKey $made $name }}
externalSecrets.secrets has "{{ $name }}", which the chart would make too. Name it in {{ get $made $name }}, or give it another name
{{- end }}
{{- end }}
{{- end -}}
