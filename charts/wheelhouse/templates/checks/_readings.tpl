{{/* What YAML, Helm or a container would read otherwise than it was meant. */}}

{{- define "wheelhouse.check.readings" -}}
{{- range $key, $value := omit .Values "postgresql" "ingress-nginx" "global" }}
{{- include "wheelhouse.check.words11" (list $key $value) }}
{{- end }}
{{- range $key, $value := .Values }}
{{- if kindIs "map" $value }}
{{- include "wheelhouse.check.image" (list $key $value) }}
{{- include "wheelhouse.check.requests" (list $key $value) }}
{{- $seen := dict }}
{{- range $one := default list (get $value "extraEnv") }}
{{- if hasKey $seen $one.name }}
{{ $key }}.extraEnv has {{ $one.name }} twice, of which only the last counts. Remove one
{{- end }}
{{- $_ := set $seen $one.name true }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* (list path value): YAML 1.1 reads on, yes and y as true, and off, no and n as false, keys of maps too: two become one. */}}
{{- define "wheelhouse.check.words11" -}}
{{- $path := index . 0 }}
{{- $value := index . 1 }}
{{- if kindIs "map" $value }}
{{- range $key, $inner := $value }}
{{- if has $key (list "true" "false") }}
{{ $path }} has the key "{{ $key }}", which is how YAML reads {{ ternary "on, yes and y" "off, no and n" (eq $key "true") }} without quotes. Put the word in quotes, such as {{ ternary "\"on\"" "\"no\"" (eq $key "true") }}, or choose another
{{- else }}
{{- include "wheelhouse.check.words11" (list (printf "%s.%s" $path $key) $inner) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* (list "backend" values) */}}
{{- define "wheelhouse.check.image" -}}
{{- $repository := dig "image" "repository" "" (index . 1) | toString }}
{{- if regexMatch "(:[^/]*|@.*)$" $repository }}
{{ index . 0 }}.image.repository is "{{ $repository }}", which has a tag or a digest in it, and another would be put behind it. Set {{ index . 0 }}.image.tag or {{ index . 0 }}.image.digest, and leave it out here
{{- end }}
{{- end -}}

{{/* (list "backend" values): the API server refuses such a Pod, after the rest was changed. */}}
{{- define "wheelhouse.check.requests" -}}
{{- $name := index . 0 }}
{{- $resources := get (index . 1) "resources" }}
{{- if kindIs "map" $resources }}
{{- range $what, $request := default dict (get $resources "requests") }}
{{- $limit := get (default dict (get $resources "limits")) $what }}
{{- if and $limit (gt (include "wheelhouse.amount" $request | float64) (include "wheelhouse.amount" $limit | float64)) }}
{{ $name }}.resources.requests.{{ $what }} is {{ $request }}, more than {{ $name }}.resources.limits.{{ $what }}, which is {{ $limit }}. Lower the one, or raise the other
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* "250m" is 0.25, "1Gi" is 1073741824. */}}
{{- define "wheelhouse.amount" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[a-zA-Z]*$" $text -}}
{{- $units := dict "m" 0.001 "k" 1000 "K" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mulf (trimSuffix $unit $text | float64) (default 1 (get $units $unit)) -}}
{{- end -}}
