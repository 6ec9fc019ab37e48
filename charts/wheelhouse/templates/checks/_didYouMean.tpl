{{/* (list "modle" $known): the known word that shares the most letter pairs, if it is at least half of them. */}}
{{- define "wheelhouse.didYouMean" -}}
{{- include "wheelhouse.nearest" (append . 50) -}}
{{- end -}}

{{/* The same for words that may well be right: three quarters of the pairs. */}}
{{- define "wheelhouse.nearly" -}}
{{- include "wheelhouse.nearest" (append . 75) -}}
{{- end -}}

{{/* (list word known percent): a pair counts both ways, so that long words are not near to all short ones; letters in another order
are a slip of the fingers. */}}
{{- define "wheelhouse.nearest" -}}
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
{{- $likeness := div (mul 200 $shared) (max 2 (add $pairs (sub (len $known) 1))) | int -}}
{{- if eq (splitList "" $word | sortAlpha | join "") (splitList "" $known | sortAlpha | join "") -}}
{{- $likeness = 100 -}}
{{- end -}}
{{- if gt $likeness $most -}}
{{- $best = $known -}}
{{- $most = $likeness -}}
{{- end -}}
{{- end -}}
{{- if ge $most (index . 2) }} Did you mean "{{ $best }}"?{{ end -}}
{{- end -}}
