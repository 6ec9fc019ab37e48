{{/* (list "modle" $known): the known word that shares the most letter pairs, if it is at least half of them. */}}
{{- define "wheelhouse.didYouMean" -}}
{{- $word := index . 0 -}}
{{- $pairs := max 1 (sub (len $word) 1) | int -}}
{{- $best := "" -}}
{{- $most := 0 -}}
{{- range $known := index . 1 -}}
{{- $shared := 0 -}}
{{- range $at := until $pairs -}}
{{- if contains (substr $at (int (add $at 2)) $word) $known -}}
{{- $shared = add1 $shared | int -}}
{{- end -}}
{{- end -}}
{{- if gt $shared $most -}}
{{- $best = $known -}}
{{- $most = $shared -}}
{{- end -}}
{{- end -}}
{{- if ge (mul 2 $most | int) $pairs }} Did you mean "{{ $best }}"?{{ end -}}
{{- end -}}
