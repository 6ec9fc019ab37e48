{{/* What a component has beside its Pods. */}}

{{- define "wheelhouse.component.serviceAccountName" -}}
{{- $account := .values.serviceAccount -}}
{{- if $account.create -}}
{{- default (include "wheelhouse.component.fullname" .) $account.name -}}
{{- else -}}
{{- default "default" $account.name -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.serviceAccount" -}}
{{- $account := .values.serviceAccount -}}
{{- if $account.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "objectName" (include "wheelhouse.component.serviceAccountName" .) "labels" $account.labels "annotations" $account.annotations) | nindent 2 }}
automountServiceAccountToken: {{ $account.automountServiceAccountToken }}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.service" -}}
{{- $preset := include "wheelhouse.servicePreset" . | fromYaml -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "labels" .values.service.labels "annotations" (mergeOverwrite $preset .values.service.annotations)) | nindent 2 }}
spec:
  type: {{ .values.service.type }}
  {{- range $key := list "clusterIP" "loadBalancerIP" "loadBalancerClass" "externalTrafficPolicy" "ipFamilyPolicy" }}
  {{- with get $.values.service $key }}
  {{ $key }}: {{ . | quote }}
  {{- end }}
  {{- end }}
  {{- range $key := list "ipFamilies" "loadBalancerSourceRanges" }}
  {{- with get $.values.service $key }}
  {{ $key }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  selector:
    {{- include "wheelhouse.component.selectorLabels" . | nindent 4 }}
    {{- if dig "canary" "enabled" false .values }}
    track: stable
    {{- end }}
  ports:
    - name: http
      port: {{ .values.service.port }}
      targetPort: http
      {{- with .values.service.nodePort }}
      nodePort: {{ . }}
      {{- end }}
{{- end -}}

{{/* Apart from the other, which may be given to the world by its type; without an address, because each replica is read alone. */}}
{{- define "wheelhouse.component.metricsService" -}}
{{- if .spec.metricsPort -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name "objectName" (printf "%s-metrics" (include "wheelhouse.component.fullname" .))) | nindent 2 }}
spec:
  clusterIP: None
  selector:
    {{- include "wheelhouse.component.selectorLabels" . | nindent 4 }}
  ports:
    - name: metrics
      port: {{ .spec.metricsPort }}
      targetPort: metrics
{{- end -}}
{{- end -}}

{{/* How many Pods there are at the least. */}}
{{- define "wheelhouse.component.leastReplicas" -}}
{{- ternary .values.autoscaling.minReplicas .values.replicaCount .values.autoscaling.enabled | int -}}
{{- end -}}

{{/* Sick Pods go at once: a drain never waits for them. */}}
{{- define "wheelhouse.component.podDisruptionBudget" -}}
{{- $budget := .values.podDisruptionBudget -}}
{{- if and $budget.enabled (gt (include "wheelhouse.component.leastReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  {{- if ne (toString $budget.minAvailable) "" }}
  minAvailable: {{ $budget.minAvailable }}
  {{- else }}
  maxUnavailable: {{ $budget.maxUnavailable }}
  {{- end }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "wheelhouse.component.selectorLabels" . | nindent 6 }}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.component.verticalPodAutoscaler" -}}
{{- $vertical := .values.verticalPodAutoscaler -}}
{{- if $vertical.enabled -}}
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  {{- include "wheelhouse.metadata" (dict "root" .root "name" .name) | nindent 2 }}
spec:
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "wheelhouse.component.fullname" . }}
  updatePolicy:
    updateMode: {{ $vertical.updateMode | quote }}
  resourcePolicy:
    containerPolicies:
      - containerName: {{ .name }}
        {{- range $key := list "controlledResources" "minAllowed" "maxAllowed" }}
        {{- with get $vertical $key }}
        {{ $key }}:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- end }}
{{- end -}}
{{- end -}}
