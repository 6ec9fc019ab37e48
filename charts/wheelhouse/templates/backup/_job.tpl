{{/* What the Pods of dumps, drills and restores do, step by step. */}}

{{/* The containers of a job, in their order, as YAML of a list: what is written or read, encrypted or opened, brought or fetched.
Each works in /scratch, which is gone with the Pod, unless the claim holds the dumps as they are. */}}
{{- define "wheelhouse.backup.steps" -}}
{{- $encrypted := gt (len .root.Values.backup.encryption.recipients) 0 -}}
{{- $stored := ne .root.Values.backup.store.place "" -}}
{{- $fetched := ternary "/scratch/fetched" "/backup" $stored -}}
{{- $opened := ternary "/scratch/opened" $fetched $encrypted -}}
{{- if eq .command "keep" }}
- {name: dump, with: postgres, env: wheelhouse.backup.env, command: [/bin/sh, /etc/wheelhouse-backup/dump.sh, keep, {{ ternary "/scratch/plain" "/backup" $stored }}{{ if and $encrypted (not $stored) }}, /scratch/plain{{ end }}]}
{{- if $encrypted }}
- {name: seal, with: backend, command: [/app/bin/wheelhouse, dumps, seal, /scratch/plain, {{ ternary "/scratch/sealed" "/backup" $stored }}]}
{{- end }}
{{- if $stored }}
- {name: send, with: store, env: wheelhouse.store.env, command: [/bin/sh, /etc/wheelhouse-backup/store.sh, send, {{ ternary "/scratch/sealed" "/scratch/plain" $encrypted }}]}
{{- end }}
{{- else }}
{{- if $stored }}
- {name: fetch, with: store, env: wheelhouse.store.env, command: [/bin/sh, /etc/wheelhouse-backup/store.sh, fetch, /scratch/fetched]}
{{- end }}
{{- if $encrypted }}
- {name: open, with: backend, command: [/app/bin/wheelhouse, dumps, open, {{ $fetched }}, /scratch/opened]}
{{- end }}
- {name: {{ ternary "dump" "restore" (eq .command "drill") }}, with: postgres, env: wheelhouse.drill.env, command: [/bin/sh, /etc/wheelhouse-backup/dump.sh, {{ .command }}, {{ $opened }}]}
{{- end }}
{{- end -}}

{{/* One of them as a container. */}}
{{- define "wheelhouse.backup.container" -}}
{{- $v := .root.Values.backup -}}
- name: {{ .step.name }}
  {{- if eq .step.with "postgres" }}
  image: {{ include "wheelhouse.backup.image" .root | quote }}
  imagePullPolicy: {{ $v.image.pullPolicy }}
  {{- else if eq .step.with "store" }}
  image: {{ include "wheelhouse.image" (dict "root" .root "image" $v.store.image) | quote }}
  imagePullPolicy: {{ $v.store.image.pullPolicy }}
  {{- else }}
  image: {{ include "wheelhouse.image" (dict "root" .root "image" .root.Values.backend.image) | quote }}
  imagePullPolicy: {{ .root.Values.backend.image.pullPolicy }}
  {{- end }}
  securityContext:
    {{- include "wheelhouse.security" (dict "root" .root "context" $v.containerSecurityContext) | nindent 4 }}
  command: {{ toJson .step.command }}
  env:
    {{- if eq .step.with "backend" }}
    - name: AGE_RECIPIENTS
      value: {{ join " " $v.encryption.recipients | quote }}
    - name: AGE_IDENTITY_FILE
      value: /etc/wheelhouse-identity/identity
    - name: DUMP
      value: newest
    {{- else }}
    {{- include .step.env .root | trim | nindent 4 }}
    {{- if eq .step.name "fetch" }}
    - name: DUMP
      value: newest
    {{- end }}
    {{- end }}
  resources:
    {{- toYaml $v.resources | nindent 4 }}
  volumeMounts:
    {{- if not $v.store.place }}
    - name: dumps
      mountPath: /backup
    {{- end }}
    {{- if or $v.store.place $v.encryption.recipients }}
    - name: scratch
      mountPath: /scratch
    {{- end }}
    {{- if eq .step.name "open" }}
    - name: identity
      mountPath: /etc/wheelhouse-identity
      readOnly: true
    {{- end }}
    {{- if ne .step.with "backend" }}
    - name: script
      mountPath: /etc/wheelhouse-backup
      readOnly: true
    {{- end }}
    - name: tmp
      mountPath: /tmp
{{- end -}}
