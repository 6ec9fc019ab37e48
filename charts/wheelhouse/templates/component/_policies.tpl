{{/* Who talks to whom, in pieces; docs/chart.md has the whole. Policies only ever add, so every Pod has all of ours or none. */}}

{{/* Who may come to backend and console: the ingress controller and whom the values name. */}}
{{- define "wheelhouse.callers" -}}
{{- $bundled := index .Values "ingress-nginx" "enabled" -}}
{{- $gke := or (and .Values.ingress.enabled (eq .Values.ingress.provider "gke")) (and .Values.gateway.enabled (eq .Values.gateway.provider "gke")) -}}
{{- if $bundled -}}
- podSelector:
    matchLabels:
      {{- include "wheelhouse.controllerLabels" . | nindent 6 }}
{{ end -}}
{{- if $gke -}}
# Where Google's load balancers and their health checks come from.
- ipBlock: {cidr: 35.191.0.0/16}
- ipBlock: {cidr: 130.211.0.0/22}
{{ end -}}
{{- if .Values.route.enabled -}}
# Where OpenShift's router runs.
- namespaceSelector:
    matchLabels:
      policy-group.network.openshift.io/ingress: ""
{{ end -}}
{{- if not (or $bundled $gke .Values.route.enabled .Values.networkPolicy.allowFrom) -}}
- namespaceSelector: {}
{{ end -}}
{{- with .Values.networkPolicy.allowFrom -}}
{{ toYaml . }}
{{ end -}}
- podSelector:
    matchLabels:
      {{- include "wheelhouse.component.selectorLabels" (dict "root" . "name" "test") | nindent 6 }}
{{- end -}}

{{/* The components that requests from outside are brought to, as peers. */}}
{{- define "wheelhouse.routed" -}}
{{- range $name := include "wheelhouse.components" . | splitList " " -}}
{{- if (include "wheelhouse.componentOf" (dict "root" $ "name" $name) | fromYaml).routes -}}
- podSelector:
    matchLabels:
      {{- include "wheelhouse.component.selectorLabels" (dict "root" $ "name" $name) | nindent 6 }}
{{ end -}}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.controllerLabels" -}}
app.kubernetes.io/name: {{ default "ingress-nginx" (index .Values "ingress-nginx").nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: controller
{{- end -}}

{{/* Primary, replicas and dumps alike. */}}
{{- define "wheelhouse.postgresLabels" -}}
app.kubernetes.io/name: {{ default "postgresql" .Values.postgresql.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "wheelhouse.postgresPort" -}}
{{- dig "containerPorts" "postgresql" 5432 .Values.postgresql -}}
{{- end -}}

{{/* Policies see the port of the Pod, and name services listen on others than 53 too: the usual Pods by their label, others by
the usual ports. */}}
{{- define "wheelhouse.reach.dns" -}}
{{- with .Values.networkPolicy.dnsTo -}}
- to:
    {{- toYaml . | nindent 4 }}
{{- else -}}
- to:
    - namespaceSelector: {}
      podSelector:
        matchLabels:
          k8s-app: kube-dns
- to:
    - namespaceSelector: {}
    # The cache that many clusters run on each node.
    - ipBlock:
        cidr: 169.254.20.10/32
  ports:
    {{- range list 53 5353 }}
    - {port: {{ . }}, protocol: UDP}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end -}}
{{- end -}}

{{- define "wheelhouse.apiServerEgress" -}}
- {{ with .Values.networkPolicy.apiServerTo }}to:
    {{- toYaml . | nindent 4 }}
  {{ end }}ports: [{port: 443}, {port: 6443}, {port: 8443}, {port: 16443}]
{{- end -}}

{{/* The bundled Postgres, or where the values say that yours is. */}}
{{- define "wheelhouse.reach.database" -}}
{{- if .Values.postgresql.enabled -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "wheelhouse.postgresLabels" . | nindent 10 }}
  ports:
    - port: {{ include "wheelhouse.postgresPort" . }}
{{- else -}}
- {{ with .Values.networkPolicy.databaseTo }}to:
    {{- toYaml . | nindent 4 }}
  {{ end }}ports:
    - port: {{ .Values.database.port }}
{{- end -}}
{{- end -}}

{{/* Public addresses of both families, and what the values name. */}}
{{- define "wheelhouse.reach.outside" -}}
{{- if .Values.networkPolicy.allowInternet -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
    - ipBlock:
        cidr: ::/0
        except: ["::1/128", "fc00::/7", "fe80::/10"]
  ports:
    - port: 443
    - port: 80
{{ end -}}
{{- range .Values.networkPolicy.allowTo -}}
{{ include "wheelhouse.destination" . }}
{{ end -}}
{{- end -}}

{{/* One destination of networkPolicy.allowTo as a rule. */}}
{{- define "wheelhouse.destination" -}}
- to:
    {{- with .cidr }}
    - ipBlock: {cidr: {{ . | quote }}}
    {{- end }}
    {{- if or .namespace .podLabels }}
    - podSelector:
        matchLabels:
          {{- toYaml (default dict .podLabels) | nindent 10 }}
      {{- with .namespace }}
      namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ . | quote }}
      {{- end }}
    {{- end }}
  ports:
    {{- range .ports }}
    - port: {{ . }}
    {{- end }}
{{- end -}}
