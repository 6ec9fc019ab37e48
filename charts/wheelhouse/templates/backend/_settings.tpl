{{/* The backend's settings file: what the values have words for, and backend.settings. */}}
{{- define "wheelhouse.settings" -}}
{{- $v := .Values -}}
{{- $runs := dict "lease" $v.runs.lease "poll" $v.runs.poll "at-once" (int $v.runs.atOnce) "stopping" $v.runs.stopping -}}
{{- $fetch := dict "max-bytes" (int $v.httpFetch.maxBytes) "timeout" $v.httpFetch.timeout -}}
{{- $words := dict "runs" $runs "database" (dict "connections" (int $v.database.connections)) "tools" (dict "http-fetch" $fetch) -}}
{{- with $v.models.aliases -}}
{{- $_ := set $words "models" (dict "aliases" .) -}}
{{- end -}}
{{- with $v.models.unknownPrice -}}
{{- if or .input .output -}}
{{- $_ := set $words "models" (merge (default dict $words.models) (dict "unknown-price" (dict "input" (int64 .input) "output" (int64 .output)))) -}}
{{- end -}}
{{- end -}}
{{- if $v.approvals.webhookUrl -}}
{{- $approvals := dict "webhook-url" $v.approvals.webhookUrl "webhook-retry" $v.approvals.webhookRetry -}}
{{- with include "wheelhouse.consoleUrl" . -}}
{{- $_ := set $approvals "console-url" . -}}
{{- end -}}
{{- $_ := set $words "approvals" $approvals -}}
{{- end -}}
{{- $http := dict -}}
{{- with $v.basePath -}}
{{- $_ := set $http "base-path" . -}}
{{- end -}}
{{- with $v.http.allowOrigins -}}
{{- $_ := set $http "allow-origins" . -}}
{{- end -}}
{{- with $v.monitoring.port -}}
{{- $_ := set $http "metrics-port" (int .) -}}
{{- end -}}
{{- with $http -}}
{{- $_ := set $words "http" . -}}
{{- end -}}
{{- with $v.outbound -}}
{{- $outbound := dict -}}
{{- if or .caBundle.existingConfigMap .caBundle.existingSecret -}}
{{- $_ := set $outbound "ca-bundle" (printf "/etc/wheelhouse-trust/%s" .caBundle.existingKey) -}}
{{- end -}}
{{- if .proxy.untrusted -}}
{{- $_ := set $outbound "proxy" (dict "untrusted" true) -}}
{{- end -}}
{{- if $outbound -}}
{{- $_ := set $words "outbound" $outbound -}}
{{- end -}}
{{- end -}}
{{- toYaml (mergeOverwrite $words (deepCopy $v.backend.settings)) -}}
{{- end -}}
