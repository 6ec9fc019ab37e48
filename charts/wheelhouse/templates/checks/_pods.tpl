{{/* What contradicts itself in the Pod of a component: (dict "root" $ "name" "backend" "values" .Values.backend). */}}

{{- define "wheelhouse.check.pod" -}}
{{- $spec := include "wheelhouse.componentOf" (dict "root" .root "name" .name) | fromYaml }}
{{- $containers := list .name }}
{{- range $list := list "initContainers" "extraContainers" }}
{{- range index $.values $list }}
{{- if has .name $containers }}
{{ $.name }}.{{ $list }} has a container "{{ .name }}", but there is one of that name {{ ternary "already: the chart's own" "already" (eq .name $.name) }}. Choose another name
{{- end }}
{{- $containers = append $containers .name }}
{{- end }}
{{- end }}
{{- $volumes := list "tmp" }}
{{- range $spec.volumes }}
{{- $volumes = append $volumes .name }}
{{- end }}
{{- range .values.extraVolumes }}
{{- if has .name $volumes }}
{{ $.name }}.extraVolumes has a volume "{{ .name }}", but there is one of that name already: {{ join ", " $volumes }}. Choose another name
{{- end }}
{{- $volumes = append $volumes .name }}
{{- end }}
{{- $own := .values.containerSecurityContext }}
{{- range $key, $context := dict "podSecurityContext" .values.podSecurityContext "containerSecurityContext" $own }}
{{- if and (hasKey $context "runAsUser") (eq (toString $context.runAsUser) "0") $context.runAsNonRoot }}
{{ $.name }}.{{ $key }}.runAsUser is 0, but {{ $.name }}.{{ $key }}.runAsNonRoot is true, so its Pods would not start. Set another user, or set runAsNonRoot to false if root is meant
{{- end }}
{{- end }}
{{- if and $own.privileged (eq (toString $own.allowPrivilegeEscalation) "false") }}
{{ .name }}.containerSecurityContext.privileged is true, but allowPrivilegeEscalation is false, and Kubernetes takes only one of the two. Set privileged to false, or allowPrivilegeEscalation to true if that is meant
{{- end }}
{{- end -}}
