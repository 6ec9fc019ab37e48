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
{{- $http := dict "body-memory" (mul 1048576 (trimSuffix "MB" $v.http.bodyMemory | int64)) -}}
{{- with $v.basePath -}}
{{- $_ := set $http "base-path" . -}}
{{- end -}}
{{- with $v.http.allowOrigins -}}
{{- $_ := set $http "allow-origins" . -}}
{{- end -}}
{{- with $v.monitoring.port -}}
{{- $_ := set $http "metrics-port" (int .) -}}
{{- end -}}
{{- $_ := set $words "http" $http -}}
{{- with $v.signIns.publicUrl -}}
{{- $_ := set $words "sign-ins" (dict "public-url" .) -}}
{{- end -}}
{{- $_ := set $words "knowledge" (include "wheelhouse.knowledge" $v.knowledge | fromYaml) -}}
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

{{/* Takes .Values.knowledge. Numbers of any size are written out: Go shortens large ones to 5.24e+07. */}}
{{- define "wheelhouse.knowledge" -}}
max-file: {{ int64 .maxFile }}
max-waiting: {{ int64 .maxWaiting }}
{{- with .embeddings }}
embeddings:
  provider: {{ .provider }}
  {{- if eq .provider "openai" }}
  url: {{ .url | quote }}
  model: {{ .model | quote }}
  dimensions: {{ int64 .dimensions }}
  batch: {{ int64 .batch }}
  multilingual: {{ .multilingual }}
  {{- end }}
{{- end }}
vectors:
  cache-bytes: {{ int64 .vectors.cacheBytes }}
{{- with .parser }}
parser:
  heap: {{ .heap }}
  timeout: {{ .timeout }}
  max-pages: {{ int64 .maxPages }}
  concurrency: {{ int64 .concurrency }}
{{- end }}
{{- end -}}
