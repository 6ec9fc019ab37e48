{{/* What contradicts itself in models. */}}

{{- define "wheelhouse.check.models" -}}
{{- with .Values.models }}
{{- if and .server.url (not .server.name) }}
models.server.url is "{{ .server.url }}", but models.server.name is empty. Set it to the model's name on that server
{{- else if and .server.name (not .server.url) }}
models.server.name is "{{ .server.name }}", but models.server.url is empty. Set it to the server's address, such as http://vllm.models:8000/v1
{{- else if and .server.existingSecret (not .server.url) }}
models.server.existingSecret is "{{ .server.existingSecret }}", but models.server.url is empty. Set it to the server's address, or clear models.server.existingSecret
{{- end }}
{{- if ne (not .unknownPrice.input) (not .unknownPrice.output) }}
models.unknownPrice has input {{ int64 .unknownPrice.input }} and output {{ int64 .unknownPrice.output }}: a price of 0 counts as unknown. Set both models.unknownPrice.input and models.unknownPrice.output, or set both to 0
{{- end }}
{{- end }}
{{- end -}}
