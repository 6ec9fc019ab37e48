{{/* Asks an agent, through the Service, for something it needs a tool for, and reads the run's events back. */}}
{{- define "wheelhouse.agentTurn" -}}
fail() { echo "FAILED: $1" >&2; cat /tmp/answer >&2 2>/dev/null || true; exit 1; }
call() {
  # The key is read from a file: arguments can be seen by others.
  curl -sS --max-time 60 --config /tmp/login -o /tmp/answer "$@" || fail "no answer from $BACKEND"
}
(umask 077; : > /tmp/login; [ -z "${KEY:-}" ] || echo "header = \"Authorization: Bearer $KEY\"" > /tmp/login)
holds() { tr -d ' \n' < /tmp/answer | grep -q "$1"; }

call "$BACKEND/ready"
holds '"status":"ready"' || fail "the backend is not ready"

call -X POST -H 'Content-Type: application/json' -H 'Prefer: wait=30' \
  -d '{"input":"what is 17 * 23"}' "$BACKEND/api/v1/agents/$AGENT/runs"
holds '"state":"succeeded"' || fail "the run did not succeed"
holds "\"output\":\"[^\"]*$ANSWER" || fail "the answer is not what was asked for"
run=$(tr -d ' \n' < /tmp/answer | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)

call "$BACKEND/api/v1/runs/$run/events" -H 'Accept: text/event-stream'
holds 'run.created' || fail "the run's first event is missing"
holds 'run.succeeded' || fail "the stream of events ended without run.succeeded"

call "$FRONTEND/"
holds '<title>Wheelhouse' || fail "the console is not served"
echo "PASSED: agent \"$AGENT\" took a turn (run $run), and its events were read back"
{{- end -}}

{{- define "wheelhouse.testAgent" -}}
{{- default (default "assistant" (keys .Values.definitions | sortAlpha | first)) .Values.test.agent -}}
{{- end -}}
