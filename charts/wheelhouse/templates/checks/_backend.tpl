{{/* What contradicts itself in backend. */}}

{{- define "wheelhouse.check.backend" -}}
{{- $v := .Values }}
{{- $known := .Files.Get "known.yaml" | fromYaml }}
{{- range $v.backend.extraEnv }}
{{- if hasKey $known.environment .name }}
backend.extraEnv has {{ .name }}, which the chart sets from {{ index $known.environment .name }}. Set that instead
{{- end }}
{{- end }}
{{- with $v.backend.canary }}
{{- if and .enabled (not .image.tag) (not .image.digest) }}
backend.canary.enabled is true, but backend.canary.image has neither tag nor digest, so the canary would be what runs already. Set backend.canary.image.tag to the version to try
{{- end }}
{{- if and .enabled (not $v.ingress.enabled) (not $v.gateway.enabled) }}
backend.canary.enabled is true, but neither ingress.enabled nor gateway.enabled is, so nobody shares the requests. Enable one of them, or set backend.canary.enabled to false
{{- end }}
{{- if and .enabled $v.ingress.enabled (ne $v.ingress.provider "ingress-nginx") }}
backend.canary.enabled is true, but ingress.provider is "{{ $v.ingress.provider }}", which takes a second Ingress of the same paths for another half of the requests and reads no weight. Use gateway.enabled, or ingress-nginx
{{- end }}
{{- end }}
{{- with regexFind "-Xm[xs][^ ]*|-XX:(Max|Initial|Min)(RAMPercentage|HeapSize)=[^ ]*" $v.backend.extraJavaOpts }}
backend.extraJavaOpts has {{ . }}, but the heap is bounded by backend.heapPercent and the memory limit, so that the Pod is not killed. Set backend.heapPercent, or backend.resources.limits.memory
{{- end }}
{{- with $v.backend.autoscaling }}
{{- if and (eq .by "keda") .queue.metric }}
backend.autoscaling.queue.metric is "{{ .queue.metric }}", but backend.autoscaling.by is "keda", which has sources of its own. Add it to backend.autoscaling.kedaTriggers, or set backend.autoscaling.by to "hpa"
{{- end }}
{{- if and (eq .queue.metric "wheelhouse_runs_at_once") (eq .queue.kind "pods") (ge (int .queue.target) (int $v.runs.atOnce)) }}
backend.autoscaling.queue.target is {{ int .queue.target }}, but a replica executes no more than runs.atOnce, which is {{ int $v.runs.atOnce }}: it would never scale up. Set it to {{ div (mul (int $v.runs.atOnce) 6) 10 }}, or raise runs.atOnce
{{- end }}
{{- if and (ne .by "keda") .kedaTriggers }}
backend.autoscaling.kedaTriggers are used by KEDA only, but backend.autoscaling.by is "{{ .by }}". Set backend.autoscaling.by to "keda", or clear backend.autoscaling.kedaTriggers
{{- end }}
{{- end }}
{{- $stopping := trimSuffix "s" $v.runs.stopping | int }}
{{- $needed := add $stopping $v.backend.stopDelaySeconds 10 }}
{{- if lt (int $v.backend.terminationGracePeriodSeconds) (int $needed) }}
backend.terminationGracePeriodSeconds is {{ int $v.backend.terminationGracePeriodSeconds }}, so a replica would be killed while it hands over its runs: backend.stopDelaySeconds ({{ int $v.backend.stopDelaySeconds }}), runs.stopping ({{ $v.runs.stopping }}) and 10 s add up to {{ $needed }}. Set it to {{ $needed }} or more
{{- end }}
{{- range $path, $instead := $known.settings }}
{{- $at := $v.backend.settings }}
{{- $words := splitList "." $path }}
{{- range initial $words }}
{{- $at = ternary (get $at .) dict (kindIs "map" (get $at .)) }}
{{- end }}
{{- if hasKey $at (last $words) }}
backend.settings.{{ $path }} has a value of its own. Set {{ $instead }} instead
{{- end }}
{{- end }}
{{- end -}}
