{{/* What contradicts itself in knowledge, and what does not fit into the backend's memory. */}}

{{- define "wheelhouse.check.knowledge" -}}
{{- $v := .Values }}
{{- with $v.knowledge.embeddings }}
{{- if and (eq .provider "openai") (not .url) }}
knowledge.embeddings.provider is "openai", but knowledge.embeddings.url is empty. Set it to the server's address, such as https://api.openai.com/v1
{{- end }}
{{- range $key := list "url" "existingSecret" }}
{{- if and (ne $v.knowledge.embeddings.provider "openai") (get $v.knowledge.embeddings $key) }}
knowledge.embeddings.{{ $key }} is "{{ get $v.knowledge.embeddings $key }}", but knowledge.embeddings.provider is "{{ $v.knowledge.embeddings.provider }}", which asks no server. Set it to "openai", or clear knowledge.embeddings.{{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- $limit := dig "limits" "memory" "0" $v.backend.resources }}
{{- $bytes := include "wheelhouse.amount" $limit | float64 }}
{{- $heap := divf (mulf $bytes (int $v.backend.heapPercent)) 100 }}
{{- if gt $bytes 0.0 }}
{{- if gt (float64 $v.knowledge.vectors.cacheBytes) (divf $heap 2) }}
knowledge.vectors.cacheBytes is {{ int64 $v.knowledge.vectors.cacheBytes }}, more than half of the heap, which is {{ int64 $heap }}: backend.heapPercent ({{ int $v.backend.heapPercent }}) of backend.resources.limits.memory ({{ $limit }}). Lower it, or raise that limit
{{- end }}
{{- if gt (mulf (trimSuffix "MB" $v.http.bodyMemory | float64) 1048576) (divf $heap 2) }}
http.bodyMemory is {{ $v.http.bodyMemory }}, more than half of the heap, which is {{ int64 $heap }} bytes: backend.heapPercent ({{ int $v.backend.heapPercent }}) of backend.resources.limits.memory ({{ $limit }}). Lower it, or raise that limit
{{- end }}
{{- $files := mulf (trimSuffix "m" $v.knowledge.parser.heap | float64) 1048576 (int $v.knowledge.parser.concurrency) }}
{{- if gt (addf $heap $files) $bytes }}
knowledge.parser.heap is {{ $v.knowledge.parser.heap }} for each of {{ int $v.knowledge.parser.concurrency }} files at a time (knowledge.parser.concurrency), which with the backend's own heap ({{ int64 $heap }} bytes) is more than backend.resources.limits.memory ({{ $limit }}): the container would be killed. Lower one of the two, or raise that limit
{{- end }}
{{- end }}
{{- end -}}

{{/* What contradicts itself in signIns. */}}
{{- define "wheelhouse.check.signIns" -}}
{{- $v := .Values }}
{{- with $v.signIns.publicUrl }}
{{- if and $v.basePath (not (hasSuffix $v.basePath .)) }}
signIns.publicUrl is "{{ . }}", but basePath is "{{ $v.basePath }}": people would come back past the console. Set it to {{ . }}{{ $v.basePath }}
{{- end }}
{{- end }}
{{- end -}}
