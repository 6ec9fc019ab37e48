{{/* A second Deployment of a component on the track "canary", with an image of its own, and a Service that leads to it alone. Its Pods are
replicas like all others: they take runs from the same queue. */}}
{{- define "wheelhouse.component.canary" -}}
{{- $canary := .values.canary -}}
{{- $image := mergeOverwrite (deepCopy .values.image) (dict "tag" $canary.image.tag "digest" $canary.image.digest) -}}
{{- range $key := list "registry" "repository" "pullPolicy" }}
{{- with get $canary.image $key }}
{{- $_ := set $image $key . }}
{{- end }}
{{- end }}
{{- $values := mergeOverwrite (deepCopy .values) (dict "image" $image "replicaCount" $canary.replicaCount "autoscaling" (dict "enabled" false)) -}}
{{- $all := mergeOverwrite (dict) . (dict "values" $values "track" "canary") -}}
{{- $service := $values.service }}
---
{{ include "wheelhouse.component.deployment" $all }}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "objectName" (include "wheelhouse.component.canaryName" .)) | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "wheelhouse.component.podSelector" $all | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port }}
      targetPort: http
{{- end -}}

{{- define "wheelhouse.component.canaryName" -}}
{{ include "wheelhouse.component.fullname" . | trunc 56 | trimSuffix "-" }}-canary
{{- end -}}
