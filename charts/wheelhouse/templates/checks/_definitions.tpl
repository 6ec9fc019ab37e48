{{/* What the backend would refuse in definitions. An agent's words are in words.yaml, made from the backend. */}}

{{- define "wheelhouse.check.definitions" -}}
{{- $known := .Files.Get "words.yaml" | fromYaml }}
{{- range $name, $definition := .Values.definitions }}
{{- $kind := toString (default "agent" $definition.kind) }}
{{- if eq $kind "workflow" }}
{{- /* The backend tells the mistakes of a workflow, each with its line. */}}
{{- if not $definition.states }}
definitions.{{ $name }} is a workflow without states. Add states, and with start: the first of them
{{- end }}
{{- else if eq $kind "trigger" }}
{{- if not (or $definition.schedule $definition.webhook $definition.event) }}
definitions.{{ $name }} is a trigger that nothing makes fire. Add schedule, webhook or event
{{- end }}
{{- if not (or $definition.agent $definition.workflow) }}
definitions.{{ $name }} is a trigger that starts nothing. Add agent or workflow
{{- end }}
{{- else if ne $kind "agent" }}
definitions.{{ $name }}.kind is "{{ $kind }}". Use agent, workflow or trigger
{{- else }}
{{- range $word, $_ := $definition }}
{{- /* Up to 0.1 words had underscores; the backend reads those for one version more. */}}
{{- if not (or (has $word $known.definition) (has (camelcase $word | untitle) $known.definition)) }}
definitions.{{ $name }} has "{{ $word }}", which is not a key of an agent.{{ include "wheelhouse.didYouMean" (list $word $known.definition) }} Known keys are {{ join ", " $known.definition }}
{{- end }}
{{- end }}
{{- if kindIs "map" $definition.limits }}
{{- range $word, $_ := $definition.limits }}
{{- if not (has $word $known.limits) }}
definitions.{{ $name }}.limits has "{{ $word }}", which is not a limit.{{ include "wheelhouse.didYouMean" (list $word $known.limits) }} Known limits are {{ join ", " $known.limits }}
{{- end }}
{{- end }}
{{- end }}
{{- if not $definition.instructions }}
definitions.{{ $name }} has no instructions. Add what the agent is to do
{{- end }}
{{- end }}
{{- if and $definition.name (ne (toString $definition.name) $name) }}
definitions.{{ $name }}.name is "{{ $definition.name }}". Remove it, or make both the same
{{- end }}
{{- end }}
{{- if and .Values.definitions .Values.test.agent (not (hasKey .Values.definitions .Values.test.agent)) }}
test.agent is "{{ .Values.test.agent }}", but definitions, which replace the examples, have no such agent. Set test.agent to one of {{ keys .Values.definitions | sortAlpha | join ", " }}, or clear it
{{- end }}
{{- end -}}
