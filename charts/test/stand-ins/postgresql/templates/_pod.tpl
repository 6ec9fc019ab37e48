{{- /* What the real chart gives where resources are empty: its preset "nano". */ -}}
{{- define "stand-in.resources" -}}
{{- $nano := dict "requests" (dict "cpu" "100m" "memory" "128Mi" "ephemeral-storage" "50Mi") "limits" (dict "cpu" "150m" "memory" "192Mi" "ephemeral-storage" "2Gi") -}}
{{- toJson (. | default $nano) -}}
{{- end -}}
{{- define "stand-in.image" -}}
{{- with default .image.registry .root.Values.global.imageRegistry }}{{ . }}/{{ end -}}
{{ .image.repository }}{{ if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag }}{{ end }}
{{- end -}}
{{- define "stand-in.labels" -}}
{{ dict "app.kubernetes.io/name" (default "postgresql" .root.Values.nameOverride) "app.kubernetes.io/instance" .root.Release.Name "app.kubernetes.io/component" .component | toJson }}
{{- end -}}
{{- /* A StatefulSet, its Service and its budget: (dict "root" $ "component" "primary" "name" … "of" .Values.primary) */ -}}
{{- define "stand-in.instance" -}}
{{- $labels := include "stand-in.labels" . -}}
{{- $image := .root.Values.image -}}
{{- /* On a cluster: another image, with Postgres in Debian's places, which runs as its user postgres. */ -}}
{{- $runs := ne $image.repository "bitnami/postgresql" -}}
{{- $context := .of.containerSecurityContext -}}
{{- $group := .of.podSecurityContext.fsGroup -}}
{{- if $runs -}}
{{- $group = .root.Values.group -}}
{{- $context = mergeOverwrite (deepCopy $context) (dict "runAsUser" .root.Values.user "runAsGroup" $group) -}}
{{- $image = mergeOverwrite (deepCopy $image) (dict "registry" "") -}}
{{- end -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace | quote }}
spec:
  selector: {{ $labels }}
  ports:
    - {name: tcp-postgresql, port: {{ .of.service.ports.postgresql }}, targetPort: tcp-postgresql}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace | quote }}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {{ $labels }}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels: {{ $labels }}
spec:
  serviceName: {{ .name }}
  replicas: {{ .of.replicaCount }}
  selector:
    matchLabels: {{ $labels }}
  template:
    metadata:
      labels: {{ $labels }}
    spec:
      {{- with .of.affinity }}
      affinity: {{ tpl (toYaml .) $.root | nindent 8 }}
      {{- end }}
      automountServiceAccountToken: {{ .of.automountServiceAccountToken }}
      enableServiceLinks: false
      securityContext: {fsGroup: {{ $group }}}
      containers:
        - name: postgresql
          image: {{ include "stand-in.image" (dict "root" .root "image" $image) }}
          imagePullPolicy: {{ $image.pullPolicy }}
          securityContext: {{ toJson $context }}
          {{- if $runs }}
          {{- include "stand-in.postgres" .root | nindent 10 }}
          {{- else }}
          livenessProbe: {exec: {command: [pg_isready]}}
          readinessProbe: {exec: {command: [pg_isready, -q]}}
          {{- end }}
          ports: [{name: tcp-postgresql, containerPort: 5432}]
          resources: {{ include "stand-in.resources" .of.resources }}
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: empty-dir, mountPath: /tmp}
            - {name: password, mountPath: /opt/bitnami/postgresql/secrets, readOnly: true}
            {{- if and .of.initdb.scripts (eq .component "primary") }}
            - {name: scripts, mountPath: /docker-entrypoint-initdb.d, readOnly: true}
            {{- end }}
        {{- with .root.Values.metrics }}
        {{- if .enabled }}
        - name: metrics
          {{- if $runs }}
          image: {{ include "stand-in.image" (dict "root" $.root "image" $image) }}
          command: [/bin/sh, -c, exec sleep infinity]
          {{- else }}
          image: {{ include "stand-in.image" (dict "root" $.root "image" .image) }}
          {{- end }}
          securityContext: {{ toJson .containerSecurityContext }}
          ports: [{name: http-metrics, containerPort: 9187}]
          resources: {{ include "stand-in.resources" .resources }}
        {{- end }}
        {{- end }}
      volumes:
        - {name: empty-dir, emptyDir: {}}
        - name: password
          secret:
            secretName: {{ include "postgresql.v1.secretName" .root }}
        {{- if and .of.initdb.scripts (eq .component "primary") }}
        - name: scripts
          configMap: {name: {{ printf "%s-init-scripts" .name }}}
        {{- end }}
        {{- if not .of.persistence.enabled }}
        - {name: data, emptyDir: {}}
        {{- end }}
  {{- if .of.persistence.enabled }}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: {{ .of.persistence.size }}}}}
  {{- end }}
{{- end -}}

{{- define "stand-in.postgres" -}}
{{- $secrets := "/opt/bitnami/postgresql/secrets" -}}
{{- $isOwned := and .Values.auth.username (ne .Values.auth.username "postgres") -}}
command: [/bin/sh, -euc]
args:
  - |
    PATH=$PATH:$(echo /usr/lib/postgresql/*/bin)
    super={{ $secrets }}/{{ include "postgresql.v1.adminPasswordKey" . }}
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
      initdb --username=postgres --pwfile="$super" --auth=scram-sha-256 --locale=C.UTF-8 --encoding=UTF8
      echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
      pg_ctl start --wait --options="-c listen_addresses=127.0.0.1 -k /tmp"
      export PGPASSWORD=$(cat "$super")
      # As the real image does it: a user that may make databases, and its database.
      if [ "$POSTGRES_USER" != postgres ]; then
        echo "CREATE ROLE \"$POSTGRES_USER\" LOGIN CREATEDB PASSWORD '$(cat "$POSTGRES_PASSWORD_FILE")'" | psql -q -h /tmp -U postgres
      fi
      [ "$POSTGRES_DATABASE" = postgres ] || createdb -h /tmp -U postgres -O "$POSTGRES_USER" "$POSTGRES_DATABASE"
      unset PGPASSWORD
      for script in /docker-entrypoint-initdb.d/*.sh; do
        [ ! -f "$script" ] || . "$script"
      done
      pg_ctl stop --wait
    fi
    # A volume that is mounted again is open to its group, which Postgres refuses.
    chmod 0700 "$PGDATA"
    exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp -c shared_buffers=32MB
env:
  - {name: PGDATA, value: /data/pgdata}
  - {name: POSTGRES_DATABASE, value: {{ default "postgres" .Values.auth.database | quote }}}
  - {name: POSTGRES_USER, value: {{ default "postgres" .Values.auth.username | quote }}}
  - {name: POSTGRES_PASSWORD_FILE, value: {{ $secrets }}/{{ include "postgresql.v1.userPasswordKey" . }}}
  {{- if $isOwned }}
  - {name: POSTGRES_POSTGRES_PASSWORD_FILE, value: {{ $secrets }}/{{ include "postgresql.v1.adminPasswordKey" . }}}
  {{- end }}
readinessProbe: &asks
  exec: {command: [/bin/sh, -c, "exec $(echo /usr/lib/postgresql/*/bin)/pg_isready -h 127.0.0.1 -U postgres"]}
  periodSeconds: 2
startupProbe: {<<: *asks, periodSeconds: 1, failureThreshold: 60}
lifecycle:
  preStop: {exec: {command: [/bin/sh, -c, "$(echo /usr/lib/postgresql/*/bin)/pg_ctl stop --mode=fast --no-wait"]}}
{{- end -}}
