{{/* What contradicts itself in the podDisruptionBudget, service and autoscaling of a component: (dict "root" $ "name" … "values" …). */}}

{{- define "wheelhouse.check.budget" -}}
{{- $least := include "wheelhouse.component.leastReplicas" . | int }}
{{- $budget := printf "%s.podDisruptionBudget" .name }}
{{- $min := toString .values.podDisruptionBudget.minAvailable }}
{{- $max := toString .values.podDisruptionBudget.maxUnavailable }}
{{- if .values.podDisruptionBudget.enabled }}
{{- if and (eq $min "") (eq $max "") }}
{{ $budget }} has neither minAvailable nor maxUnavailable. Set {{ $budget }}.maxUnavailable to 1, or {{ $budget }}.enabled to false
{{- else if eq $min "" }}
{{- if has $max (list "0" "0%") }}
{{ $budget }}.maxUnavailable is {{ $max }}, so no node with such a Pod could ever be drained. Set it to 1 or more
{{- end }}
{{- else if or (eq $min "100%") (and (gt $least 1) (not (hasSuffix "%" $min)) (ge (int $min) $least)) }}
{{ $budget }}.minAvailable is {{ $min }} of {{ $least }} Pods, so no node with such a Pod could be drained. Set it to less, or set {{ $budget }}.maxUnavailable instead
{{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.service" -}}
{{- $service := .values.service }}
{{- $at := printf "%s.service" .name }}
{{- $type := $service.type }}
{{- if and $service.nodePort (eq $type "ClusterIP") }}
{{ $at }}.nodePort is {{ int $service.nodePort }}, but {{ $at }}.type is "ClusterIP", which has none. Set {{ $at }}.type to NodePort or LoadBalancer, or {{ $at }}.nodePort to 0
{{- end }}
{{- if and (eq $service.clusterIP "None") (ne $type "ClusterIP") }}
{{ $at }}.clusterIP is "None", but {{ $at }}.type is "{{ $type }}", which needs an address. Clear {{ $at }}.clusterIP, or set {{ $at }}.type to ClusterIP
{{- end }}
{{- if and $service.externalTrafficPolicy (eq $type "ClusterIP") }}
{{ $at }}.externalTrafficPolicy is "{{ $service.externalTrafficPolicy }}", but {{ $at }}.type is "ClusterIP", to which nothing comes from outside. Clear it, or set {{ $at }}.type to NodePort or LoadBalancer
{{- end }}
{{- if ne $type "LoadBalancer" }}
{{- range $key := list "loadBalancerIP" "loadBalancerClass" "loadBalancerSourceRanges" }}
{{- if get $service $key }}
{{ $at }}.{{ $key }} is set, but {{ $at }}.type is "{{ $type }}". Set {{ $at }}.type to LoadBalancer, or clear {{ $at }}.{{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- with .root.Values.networkPolicy }}
{{- if and (ne $type "ClusterIP") .enabled (not .allowFrom) }}
networkPolicy.allowFrom is empty, but {{ $at }}.type is "{{ $type }}", whose callers are no Pods: no request would get through. Set networkPolicy.allowFrom to their addresses, such as [{ipBlock: {cidr: 10.0.0.0/8}}]
{{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.autoscaling" -}}
{{- $at := printf "%s.autoscaling" .name }}
{{- with .values.verticalPodAutoscaler }}
{{- if and .enabled (ne .updateMode "Off") $.values.autoscaling.enabled }}
{{ $.name }}.verticalPodAutoscaler.updateMode is "{{ .updateMode }}" and {{ $at }}.enabled is true: both would answer to the same load, one by larger Pods and one by more. Set {{ $.name }}.verticalPodAutoscaler.updateMode to "Off", or {{ $at }}.enabled to false
{{- end }}
{{- end }}
{{- with get .values.autoscaling "keda" }}
{{- $by := $.values.autoscaling.by }}
{{- if and (ne $by "keda") (or .paused .fallback (ge (int .pausedReplicas) 0)) }}
{{ $at }}.keda has settings, but {{ $at }}.by is "{{ $by }}". Set {{ $at }}.by to "keda", or clear {{ $at }}.keda
{{- end }}
{{- if and .fallback (not $.values.autoscaling.kedaTriggers) }}
{{ $at }}.keda.fallback does not apply to CPU and memory, and {{ $at }}.kedaTriggers has nothing else. Add triggers, or clear {{ $at }}.keda.fallback
{{- end }}
{{- if and .fallback (not (and (hasKey .fallback "failureThreshold") (hasKey .fallback "replicas"))) }}
{{ $at }}.keda.fallback needs both failureThreshold and replicas. Set both, such as {failureThreshold: 3, replicas: 4}
{{- end }}
{{- end }}
{{- end -}}
