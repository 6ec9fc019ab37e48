{{/* What contradicts itself among auth, database, models, agents and the backend. */}}

{{- define "wheelhouse.check.auth" -}}
{{- with .Values.auth }}
{{- if and (eq .mode "none") (not .allowOpen) }}
auth.mode is "none", and everybody who reaches the Service would be the owner. Set auth.mode to "keys", or auth.allowOpen to true if this is meant
{{- end }}
{{- if and (eq .mode "none") .existingSecret }}
auth.existingSecret is "{{ .existingSecret }}", but auth.mode "none" reads no key. Set auth.mode to "keys", or empty auth.existingSecret
{{- end }}
{{- if and (eq .mode "keys") .allowOpen }}
auth.allowOpen is true, but auth.mode is "keys", which asks everybody for one. Set auth.allowOpen to false, or auth.mode to "none"
{{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.database" -}}
{{- $v := .Values }}
{{- if and $v.postgresql.enabled (or $v.database.host $v.database.existingSecret) }}
postgresql.enabled is true, and database.host or database.existingSecret names another Postgres: only one can be meant. Set postgresql.enabled to false, or empty database.host and database.existingSecret
{{- else if not $v.postgresql.enabled }}
{{- if not $v.database.existingSecret }}
database.existingSecret is empty, so nobody knows the password of the Postgres of yours. Name a Secret there, or set postgresql.enabled to true
{{- end }}
{{- if not (or $v.database.host $v.database.existingSecretUrlKey) }}
database.host is empty and postgresql.enabled is false, so there is no database. Set database.host, or database.existingSecretUrlKey, or postgresql.enabled to true
{{- end }}
{{- if and $v.database.host $v.database.existingSecretUrlKey }}
database.host is "{{ $v.database.host }}", but the address under database.existingSecretUrlKey says the host already. Empty one of the two
{{- end }}
{{- end }}
{{- if and $v.postgresql.enabled $v.networkPolicy.databaseTo }}
networkPolicy.databaseTo is for a Postgres of yours, but postgresql.enabled is true. Empty it, or set postgresql.enabled to false
{{- end }}
{{- if and $v.postgresql.enabled $v.global.imageRegistry (not (dig "security" "allowInsecureImages" false $v.global)) }}
global.imageRegistry is "{{ $v.global.imageRegistry }}", and the bundled Postgres refuses images from elsewhere than its own registry. Set global.security.allowInsecureImages to true, or set backend.image.registry and frontend.image.registry instead
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.models" -}}
{{- with .Values.models }}
{{- if and .server.url (not .server.name) }}
models.server.url is "{{ .server.url }}", but models.server.name is empty. Set it to the model's name on that server
{{- else if and .server.name (not .server.url) }}
models.server.name is "{{ .server.name }}", but models.server.url is empty. Set it to the server's address, such as http://vllm.models:8000/v1
{{- else if and .server.existingSecret (not .server.url) }}
models.server.existingSecret is "{{ .server.existingSecret }}", but models.server.url is empty. Set it to the server's address, or empty models.server.existingSecret
{{- end }}
{{- if ne (not .unknownPrice.input) (not .unknownPrice.output) }}
models.unknownPrice has input {{ int64 .unknownPrice.input }} and output {{ int64 .unknownPrice.output }}: a price of 0 is no price. Set models.unknownPrice.input and models.unknownPrice.output both, or both to 0
{{- end }}
{{- end }}
{{- with .Values.approvals }}
{{- if and .existingSecret (not .webhookUrl) }}
approvals.existingSecret is "{{ .existingSecret }}", but approvals.webhookUrl is empty, so nothing is signed with it. Set approvals.webhookUrl, or empty approvals.existingSecret
{{- end }}
{{- end }}
{{- end -}}

{{/* The words of an agent are the backend's, kept in known.yaml; a test holds the two together. */}}
{{- define "wheelhouse.check.agents" -}}
{{- $known := .Files.Get "known.yaml" | fromYaml }}
{{- range $name, $definition := .Values.definitions }}
{{- range $word, $_ := $definition }}
{{- if not (has $word $known.definition) }}
definitions.{{ $name }} has "{{ $word }}", which no agent knows.{{ include "wheelhouse.didYouMean" (list $word $known.definition) }} Known are {{ join ", " $known.definition }}
{{- end }}
{{- end }}
{{- if kindIs "map" $definition.limits }}
{{- range $word, $_ := $definition.limits }}
{{- if not (has $word $known.limits) }}
definitions.{{ $name }}.limits has "{{ $word }}", which is no limit.{{ include "wheelhouse.didYouMean" (list $word $known.limits) }} Known are {{ join ", " $known.limits }}
{{- end }}
{{- end }}
{{- end }}
{{- if and $definition.name (ne (toString $definition.name) $name) }}
definitions.{{ $name }}.name is "{{ $definition.name }}". Leave it out, or make both the same
{{- end }}
{{- if not $definition.instructions }}
definitions.{{ $name }} has no instructions. Say there what the agent is to do
{{- end }}
{{- end }}
{{- if and .Values.definitions .Values.test.agent (not (hasKey .Values.definitions .Values.test.agent)) }}
test.agent is "{{ .Values.test.agent }}", but definitions, which come in place of the examples, have no such agent. Set test.agent to one of {{ keys .Values.definitions | sortAlpha | join ", " }}, or empty it
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.backend" -}}
{{- $v := .Values }}
{{- $known := .Files.Get "known.yaml" | fromYaml }}
{{- range $name := list "backend" "frontend" }}
{{- $component := index $v $name }}
{{- with $component.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{ $name }}.autoscaling.minReplicas is {{ int .minReplicas }}, more than {{ $name }}.autoscaling.maxReplicas, which is {{ int .maxReplicas }}. Exchange them
{{- end }}
{{- end }}
{{- if not (dig "requests" "cpu" "" $component.resources) }}
{{ $name }}.resources.requests.cpu is missing, and autoscaling and scheduling count on it. Set it, such as 100m
{{- end }}
{{- $mounted := list "/tmp" "/etc/wheelhouse" "/etc/wheelhouse-definitions" }}
{{- range $component.extraVolumeMounts }}
{{- if has .mountPath $mounted }}
{{ $name }}.extraVolumeMounts has "{{ .mountPath }}", where the chart mounts something of its own. Choose another path
{{- end }}
{{- end }}
{{- range $component.extraEnv }}
{{- if and (eq $name "backend") (hasKey $known.environment .name) }}
backend.extraEnv has {{ .name }}, which the chart sets from {{ index $known.environment .name }}. Set that instead
{{- end }}
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
{{- if le (int $v.frontend.terminationGracePeriodSeconds) (int $v.frontend.stopDelaySeconds) }}
frontend.terminationGracePeriodSeconds is {{ int $v.frontend.terminationGracePeriodSeconds }}, no more than frontend.stopDelaySeconds, which is {{ int $v.frontend.stopDelaySeconds }}: open requests would be cut. Set it to {{ add $v.frontend.stopDelaySeconds 5 }} or more
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
