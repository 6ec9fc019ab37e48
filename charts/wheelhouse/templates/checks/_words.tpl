{{/* Keys that are no keys: those that have gone, and those that are misspelt where the schema is open. */}}

{{- define "wheelhouse.check.moved" -}}
{{- range $path, $remedy := (.Files.Get "known.yaml" | fromYaml).moved }}
{{- $at := $.Values }}
{{- $words := splitList "." $path }}
{{- range initial $words }}
{{- $at = ternary (get $at .) dict (kindIs "map" (get $at .)) }}
{{- end }}
{{- if hasKey $at (last $words) }}
{{ $path }} is not a key of this chart: {{ $remedy }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "wheelhouse.check.words" -}}
{{- $known := .Files.Get "known.yaml" | fromYaml }}
{{- range $place, $words := omit $known "moved" "environment" }}
{{- $at := $.Values }}
{{- range splitList "." $place }}
{{- $at = ternary (get $at .) dict (kindIs "map" (get $at .)) }}
{{- end }}
{{- range $word, $_ := $at }}
{{- if not (has $word $words) }}
{{- /* The list need not be whole: only what is nearly a word of it is a mistake. */}}
{{- with include "wheelhouse.nearly" (list $word $words) }}
{{ $place }}.{{ $word }} is not a key of that chart.{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $word := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" "app.kubernetes.io/version" "app.kubernetes.io/part-of" "app.kubernetes.io/managed-by" "helm.sh/chart" "track" }}
{{- $places := dict "commonLabels" $.Values.commonLabels "test.podLabels" $.Values.test.podLabels }}
{{- range $name := include "wheelhouse.components" $ | splitList " " }}
{{- $_ := set $places (printf "%s.podLabels" $name) (index $.Values $name).podLabels }}
{{- end }}
{{- range $place, $labels := $places }}
{{- if hasKey $labels $word }}
{{ $place }} has "{{ $word }}", which the chart uses to find its own objects. Choose another label
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
