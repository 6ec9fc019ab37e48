{{/* What contradicts itself in backend. */}}

{{- define "wheelhouse.check.backend" -}}
{{- $v := .Values }}
{{- $known := .Files.Get "known.yaml" | fromYaml }}
{{- include "wheelhouse.check.component" (list . "backend") }}
{{- range $v.backend.extraEnv }}
{{- if hasKey $known.environment .name }}
backend.extraEnv has {{ .name }}, which the chart sets from {{ index $known.environment .name }}. Set that instead
{{- end }}
{{- end }}
{{- with $v.backend.autoscaling }}
{{- if and (eq .by "keda") .queue.metric }}
backend.autoscaling.queue.metric is "{{ .queue.metric }}", but backend.autoscaling.by is "keda", which asks its own sources. Write it as one of backend.autoscaling.kedaTriggers, or set backend.autoscaling.by to "hpa"
{{- end }}
{{- if and (eq .queue.metric "wheelhouse_runs_at_once") (eq .queue.kind "pods") (ge (int .queue.target) (int $v.runs.atOnce)) }}
backend.autoscaling.queue.target is {{ int .queue.target }}, but a replica carries on no more than runs.atOnce, which is {{ int $v.runs.atOnce }}: none would ever come. Set it to {{ div (mul (int $v.runs.atOnce) 6) 10 }}, or runs.atOnce higher
{{- end }}
{{- if and (ne .by "keda") .kedaTriggers }}
backend.autoscaling.kedaTriggers are read by KEDA only, and backend.autoscaling.by is "{{ .by }}". Set backend.autoscaling.by to "keda", or empty backend.autoscaling.kedaTriggers
{{- end }}
{{- end }}
{{- $stopping := trimSuffix "s" $v.runs.stopping | int }}
{{- $needed := add $stopping $v.backend.stopDelaySeconds 10 }}
{{- if lt (int $v.backend.terminationGracePeriodSeconds) (int $needed) }}
backend.terminationGracePeriodSeconds is {{ int $v.backend.terminationGracePeriodSeconds }}, and a replica would be killed while it hands over its runs: backend.stopDelaySeconds ({{ int $v.backend.stopDelaySeconds }}), runs.stopping ({{ $v.runs.stopping }}) and 10 s are {{ $needed }}. Set it to {{ $needed }} or more
{{- end }}
{{- range $path, $instead := $known.settings }}
{{- $at := $v.backend.settings }}
{{- $words := splitList "." $path }}
{{- range initial $words }}
{{- $at = ternary (get $at .) dict (kindIs "map" (get $at .)) }}
{{- end }}
{{- if hasKey $at (last $words) }}
backend.settings.{{ $path }} has a place of its own in the values. Set {{ $instead }} instead
{{- end }}
{{- end }}
{{- end -}}
