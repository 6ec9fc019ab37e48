{{/* What each controller needs so that streams of events are neither buffered nor cut: an hour of silence, though ours speak every
15 s. Traefik needs nothing for that. */}}

{{- define "wheelhouse.ingressPreset" -}}
{{- $tls := .Values.ingress.tls -}}
{{- $provider := .Values.ingress.provider -}}
{{- if eq $provider "ingress-nginx" -}}
{{- with include "wheelhouse.bundledClass" . }}
kubernetes.io/ingress.class: {{ . | quote }}
{{- end }}
nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"
nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"
nginx.ingress.kubernetes.io/proxy-buffering: "off"
nginx.ingress.kubernetes.io/proxy-body-size: 8m
{{- else if and (eq $provider "traefik") $tls -}}
traefik.ingress.kubernetes.io/router.entrypoints: websecure
traefik.ingress.kubernetes.io/router.tls: "true"
{{- else if eq $provider "haproxy" -}}
# There are two controllers for HAProxy.
haproxy.org/timeout-server: 3600s
haproxy-ingress.github.io/timeout-server: 3600s
{{- else if eq $provider "gke" -}}
# GKE's controller reads this and not spec.ingressClassName; its time-outs are in the BackendConfigs.
kubernetes.io/ingress.class: {{ default "gce" .Values.ingress.className | quote }}
{{- if $tls }}
kubernetes.io/ingress.allow-http: "false"
{{- end }}
{{- else if eq $provider "alb" -}}
# To Pods and not to nodes, so that a drained node cuts no stream of another.
alb.ingress.kubernetes.io/target-type: ip
alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=3600
{{- if $tls }}
alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]'
alb.ingress.kubernetes.io/ssl-redirect: "443"
{{- end }}
{{- end -}}
{{- end -}}

{{/* The load balancers of clouds ask the Service of a component that has routes. */}}
{{- define "wheelhouse.servicePreset" -}}
{{- if and .root.Values.ingress.enabled .spec.routes -}}
{{- if eq .root.Values.ingress.provider "gke" -}}
cloud.google.com/neg: '{"ingress": true}'
cloud.google.com/backend-config: '{"default": "{{ include "wheelhouse.component.fullname" . }}"}'
{{- else if eq .root.Values.ingress.provider "alb" -}}
alb.ingress.kubernetes.io/healthcheck-path: {{ .spec.ready }}
alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=30
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The word by which the bundled controller knows the Ingresses of its release; empty where it reads IngressClasses, for which it
needs rights in the whole cluster. */}}
{{- define "wheelhouse.bundledClass" -}}
{{- with index .Values "ingress-nginx" -}}
{{- if and .enabled (dig "rbac" "scope" false .) -}}
{{- default "nginx" .controller.ingressClass | replace "$(RELEASE)" $.Release.Name -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.ingressClass" -}}
{{- $bundled := index .Values "ingress-nginx" -}}
{{- if or (eq .Values.ingress.provider "gke") (include "wheelhouse.bundledClass" .) -}}
{{- else if .Values.ingress.className -}}
{{- .Values.ingress.className -}}
{{- else if $bundled.enabled -}}
{{- $bundled.controller.ingressClassResource.name -}}
{{- else if eq .Values.ingress.provider "alb" -}}
alb
{{- end -}}
{{- end -}}

{{/* Where people find the console, if the chart knows. */}}
{{- define "wheelhouse.consoleUrl" -}}
{{- if .Values.approvals.consoleUrl -}}
{{- .Values.approvals.consoleUrl -}}
{{- else -}}
{{- include "wheelhouse.address" . -}}
{{- end -}}
{{- end -}}

{{/* The first name under which the edge is known, as an address; empty where there is none. */}}
{{- define "wheelhouse.address" -}}
{{- if and .Values.ingress.enabled .Values.ingress.hosts -}}
{{- ternary "http" "https" (empty .Values.ingress.tls) }}://{{ include "wheelhouse.ingressHost" . }}{{ .Values.basePath -}}
{{- else if and .Values.gateway.enabled .Values.gateway.hosts -}}
https://{{ tpl (first .Values.gateway.hosts) . }}{{ .Values.basePath -}}
{{- else if .Values.route.enabled -}}
{{- ternary "https" "http" .Values.route.tls.enabled }}://{{ tpl .Values.route.host . }}{{ .Values.basePath -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.ingressHost" -}}
{{- with .Values.ingress.hosts -}}
{{- tpl (first .) $ -}}
{{- end -}}
{{- end -}}

{{/* What the Ingress says of TLS. Where a certificate is for no names in particular, it is for all; gke takes one without a Secret by
annotation only. */}}
{{- define "wheelhouse.ingressTls" -}}
{{- $all := list -}}
{{- range ternary .Values.ingress.tls list (kindIs "slice" .Values.ingress.tls) -}}
{{- if or .secretName (ne $.Values.ingress.provider "gke") -}}
{{- $hosts := default $.Values.ingress.hosts .hosts -}}
{{- $all = append $all (merge (dict "hosts" $hosts) (omit . "hosts")) -}}
{{- end -}}
{{- end -}}
{{- with $all -}}
{{- include "wheelhouse.tpl" (dict "root" $ "value" .) -}}
{{- end -}}
{{- end -}}
