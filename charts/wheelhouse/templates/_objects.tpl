{{/* Objects that backend and frontend have alike; each takes (list $ "backend"). */}}

{{- define "wheelhouse.serviceAccount" -}}
{{- $account := (index (index . 0).Values (index . 1)).serviceAccount -}}
{{- if $account.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "wheelhouse.metadata" (dict "root" (index . 0) "component" (index . 1) "name" (include "wheelhouse.serviceAccountName" .) "annotations" $account.annotations) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
{{- end -}}

{{- define "wheelhouse.service" -}}
{{- $service := (index (index . 0).Values (index . 1)).service -}}
{{- $preset := include "wheelhouse.servicePreset" . | fromYaml -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "wheelhouse.metadata" (dict "root" (index . 0) "component" (index . 1) "annotations" (mergeOverwrite $preset $service.annotations)) | nindent 2 }}
spec:
  selector:
    {{- include "wheelhouse.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port }}
      targetPort: http
{{- end -}}

{{/* One Pod may always go, sick ones at once: a drain never waits for it. */}}
{{- define "wheelhouse.podDisruptionBudget" -}}
{{- $component := index (index . 0).Values (index . 1) -}}
{{- if and $component.podDisruptionBudget.enabled (gt (include "wheelhouse.leastReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "wheelhouse.metadata" (dict "root" (index . 0) "component" (index . 1)) | nindent 2 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "wheelhouse.selector" . | nindent 6 }}
{{- end -}}
{{- end -}}
