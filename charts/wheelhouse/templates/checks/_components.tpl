{{/* What contradicts itself in every component alike. */}}

{{- define "wheelhouse.check.components" -}}
{{- range $name := include "wheelhouse.components" . | splitList " " }}
{{- $component := index $.Values $name }}
{{- with $component.strategy }}
{{- if not (has .type (list "RollingUpdate" "Recreate")) }}
{{ $name }}.strategy.type is "{{ .type }}", which Kubernetes does not know. Set it to RollingUpdate or Recreate
{{- end }}
{{- if and (eq .type "RollingUpdate") (has (dig "rollingUpdate" "maxSurge" 1 . | toString) (list "0" "0%")) (has (dig "rollingUpdate" "maxUnavailable" 1 . | toString) (list "0" "0%")) }}
{{ $name }}.strategy.rollingUpdate has maxSurge 0 and maxUnavailable 0, so no Pod could ever be replaced. Set one of them to 1
{{- end }}
{{- end }}
{{- if ge (int $component.minReadySeconds) (int $component.progressDeadlineSeconds) }}
{{ $name }}.minReadySeconds is {{ int $component.minReadySeconds }}, not less than {{ $name }}.progressDeadlineSeconds, which is {{ int $component.progressDeadlineSeconds }}: no roll-out would ever end. Lower the one, or raise the other
{{- end }}
{{- if and (hasKey $component.lifecycle "preStop") $component.stopDelaySeconds }}
{{ $name }}.lifecycle has a preStop, but {{ $name }}.stopDelaySeconds is {{ int $component.stopDelaySeconds }}, which is a preStop too. Set {{ $name }}.stopDelaySeconds to 0, and wait in your own
{{- end }}
{{- if and (eq $component.dnsPolicy "None") (not $component.dnsConfig.nameservers) }}
{{ $name }}.dnsPolicy is "None", but {{ $name }}.dnsConfig has no nameservers, so no name would be found. Set {{ $name }}.dnsConfig.nameservers
{{- end }}
{{- $reaches := (include "wheelhouse.componentOf" (dict "root" $ "name" $name) | fromYaml).reaches }}
{{- if and (eq $component.dnsPolicy "None") (has "dns" $reaches) $.Values.networkPolicy.enabled (not $.Values.networkPolicy.dnsTo) }}
{{ $name }}.dnsPolicy is "None", but networkPolicy.dnsTo is empty, so the policies let it ask the cluster's name service only. Set networkPolicy.dnsTo to where {{ $name }}.dnsConfig.nameservers are, such as [{ipBlock: {cidr: 10.0.0.10/32}}]
{{- end }}
{{- include "wheelhouse.check.pod" (dict "root" $ "name" $name "values" $component) }}
{{- include "wheelhouse.check.budget" (dict "root" $ "name" $name "values" $component) }}
{{- include "wheelhouse.check.service" (dict "root" $ "name" $name "values" $component) }}
{{- include "wheelhouse.check.autoscaling" (dict "root" $ "name" $name "values" $component) }}
{{- with $component.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{ $name }}.autoscaling.minReplicas is {{ int .minReplicas }}, more than {{ $name }}.autoscaling.maxReplicas, which is {{ int .maxReplicas }}. Swap them
{{- end }}
{{- end }}
{{- if not (dig "requests" "cpu" "" $component.resources) }}
{{ $name }}.resources.requests.cpu is missing, but autoscaling and scheduling depend on it. Set it, for example to 100m
{{- end }}
{{- $mounted := list "/tmp" "/etc/wheelhouse" "/etc/wheelhouse-definitions" "/etc/wheelhouse-trust" "/etc/nginx/base.conf" }}
{{- range $component.extraVolumeMounts }}
{{- if has .mountPath $mounted }}
{{ $name }}.extraVolumeMounts has "{{ .mountPath }}", where the chart already mounts something. Choose another path
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
