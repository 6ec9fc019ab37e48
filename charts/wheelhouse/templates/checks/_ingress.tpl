{{/* What contradicts itself between ingress and ingress-nginx. */}}

{{- define "wheelhouse.check.ingress" -}}
{{- $v := .Values }}
{{- $bundled := index $v "ingress-nginx" }}
{{- if and $bundled.enabled (not $v.ingress.enabled) }}
ingress-nginx.enabled is true, but ingress.enabled is false: the controller would have nothing to do. Set both to the same value
{{- end }}
{{- $serves := default $bundled.controller.ingressClassResource.name (include "wheelhouse.bundledClass" .) }}
{{- if and $bundled.enabled $v.ingress.className (ne $v.ingress.className $serves) }}
ingress.className is "{{ $v.ingress.className }}", but the bundled controller serves "{{ $serves }}". Clear ingress.className, or set ingress-nginx.enabled to false
{{- end }}
{{- with $bundled }}
{{- if .enabled }}
{{- include "wheelhouse.check.bundledController" (dict "root" $ "controller" .controller "chart" .) }}
{{- end }}
{{- end }}
{{- if and $bundled.enabled (ne $v.ingress.provider "ingress-nginx") }}
ingress.provider is "{{ $v.ingress.provider }}", but the bundled controller is ingress-nginx: streams would be cut off after 60 s. Set ingress.provider to "ingress-nginx", or ingress-nginx.enabled to false
{{- end }}
{{- range $place, $hosts := dict "ingress.hosts" $v.ingress.hosts "gateway.hosts" $v.gateway.hosts }}
{{- if ne (len $hosts) (len (uniq $hosts)) }}
{{ $place }} names a host twice: {{ join ", " $hosts }}. Name each once
{{- end }}
{{- end }}
{{- if kindIs "slice" $v.ingress.tls }}
{{- if and $v.ingress.tls (not $v.ingress.enabled) }}
ingress.tls has certificates, but ingress.enabled is false, so there is nothing to encrypt. Clear ingress.tls, or set ingress.enabled to true
{{- else }}
{{- range $at, $tls := $v.ingress.tls }}
{{- if not (or .hosts $v.ingress.hosts) }}
ingress.tls[{{ $at }}] has no hosts and ingress.hosts is empty, but TLS needs host names. Set ingress.hosts
{{- end }}
{{- if not (or .secretName (has $v.ingress.provider (list "gke" "alb"))) }}
ingress.tls[{{ $at }}].secretName is empty, but TLS needs a certificate. Set it to the name of a Secret
{{- end }}
{{- if and .secretName (hasKey $v.ingress.annotations "networking.gke.io/managed-certificates") }}
ingress.tls[{{ $at }}].secretName is "{{ .secretName }}", but ingress.annotations name a certificate of Google's, whose load balancer is not made while that Secret is missing. Set ingress.tls to [{}], which is TLS without a Secret, or remove the annotation networking.gke.io/managed-certificates
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "chart" … "controller" …): a controller that serves others, or that our policies would cut off. */}}
{{- define "wheelhouse.check.bundledController" -}}
{{- $root := .root }}
{{- $controller := .controller }}
{{- if not (dig "rbac" "scope" false .chart) }}
{{- with $controller.ingressClassResource }}
{{- if and .enabled (ne .name "nginx") (eq .controllerValue "k8s.io/ingress-nginx") }}
ingress-nginx.controller.ingressClassResource.name is "{{ .name }}", but its controllerValue is that of every ingress-nginx: two controllers would serve both classes. Set ingress-nginx.controller.ingressClassResource.controllerValue to a word of its own, such as k8s.io/{{ .name }}, and ingress-nginx.controller.ingressClass to "{{ .name }}"
{{- end }}
{{- end }}
{{- end }}
{{- with $controller.admissionWebhooks }}
{{- $object := dig "objectSelector" "matchLabels" "app.kubernetes.io/instance" "" . }}
{{- $place := dig "namespaceSelector" "matchLabels" "kubernetes.io/metadata.name" "" . }}
{{- if and .enabled (or (ne $object $root.Release.Name) (ne $place (include "wheelhouse.namespace" $root))) }}
ingress-nginx.controller.admissionWebhooks.enabled is true, but its webhook would judge Ingresses of other releases, and refuse them while its controller is away. Set in it namespaceSelector to {matchLabels: {kubernetes.io/metadata.name: {{ include "wheelhouse.namespace" $root }}}} and objectSelector to {matchLabels: {app.kubernetes.io/instance: {{ $root.Release.Name }}}}, or switch it off
{{- end }}
{{- end }}
{{- if $root.Values.networkPolicy.enabled }}
{{- range $key, $set := dict "controller.hostNetwork" $controller.hostNetwork "defaultBackend.enabled" (dig "defaultBackend" "enabled" false .chart) "namespaceOverride" (ternary "" (get .chart "namespaceOverride") (eq (default $root.Release.Namespace (get .chart "namespaceOverride")) (include "wheelhouse.namespace" $root))) }}
{{- if $set }}
ingress-nginx.{{ $key }} is "{{ $set }}", but the NetworkPolicies of this chart would cut it off: they are for the controller's own Pods in the release's namespace. Clear it, or set networkPolicy.enabled to false
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
