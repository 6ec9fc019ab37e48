{{/* All objects of one component: include "wheelhouse.component" (dict "root" $ "name" "worker"). What is the component's own comes
from its template "wheelhouse.spec.worker", which takes the root and answers with YAML:

    port: 8080                          what its container listens on
    metricsPort: 9090                   where it answers /metrics without a key, if it does
    metricsCallers: […]                 who may read those, as NetworkPolicy peers
    alive: /health                      asked by startup and liveness probes
    ready: /ready                       asked by the readiness probe and by load balancers of clouds
    routes: [/api]                      paths that Ingress, HTTPRoute and their like bring to it
    streams: true                       whether its answers may take an hour
    env: […]                            variables, as in a container; so are volumes, volumeMounts, podLabels and podAnnotations
    tmp: 64Mi                           how large /tmp may become
    callers: […]                        who may call it beside those who come by its routes, as NetworkPolicy peers
    reaches: [dns, database, outside]   whom it may call; outside is what networkPolicy opens

What an operator bends comes from the values under its name: docs/how-to/add-a-component.md. */}}
{{- define "wheelhouse.component" -}}
{{- $component := include "wheelhouse.componentOf" . | fromYaml -}}
{{- $all := dict "root" .root "name" .name "values" (index .root.Values .name) "spec" $component -}}
{{- range $kind := list "deployment" "service" "metricsService" "serviceAccount" "podDisruptionBudget" "autoscaler" "verticalPodAutoscaler" "networkPolicy" "backendConfig" }}
{{- with include (printf "wheelhouse.component.%s" $kind) $all | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- if dig "canary" "enabled" false $all.values }}
{{- include "wheelhouse.component.canary" $all }}
{{- end }}
{{- end -}}

{{/* What a component says of itself, held to be YAML. */}}
{{- define "wheelhouse.componentOf" -}}
{{- $text := include (printf "wheelhouse.spec.%s" .name) .root -}}
{{- with ($text | fromYaml).Error -}}
{{- fail (printf "wheelhouse.spec.%s is not YAML: %s" $.name .) -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/* Where each path leads: [{path, name, port, streams}], the rest at the end, all below basePath. Takes the root. */}}
{{- define "wheelhouse.routes" -}}
{{- $routes := list -}}
{{- $rest := list -}}
{{- range $name := include "wheelhouse.components" . | splitList " " -}}
{{- $component := include "wheelhouse.componentOf" (dict "root" $ "name" $name) | fromYaml -}}
{{- range $path := $component.routes -}}
{{- $route := dict "path" (default "/" (printf "%s%s" $.Values.basePath $path | trimSuffix "/")) "name" $name "port" (index $.Values $name).service.port "streams" (default false $component.streams) -}}
{{- if eq $path "/" -}}
{{- $rest = append $rest $route -}}
{{- else -}}
{{- $routes = append $routes $route -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- concat $routes $rest | toYaml -}}
{{- end -}}
