# shellcheck shell=sh
# Has an agent take a turn with a tool through the Service, and through the Ingress one that is silent for longer than proxies
# like; the events of both are read back. The Pod of "helm test" runs it with sh -eu.
fail() { echo "FAILED: $1" >&2; cat /tmp/answer >&2 2>/dev/null || true; exit 1; }
# The key is read from a file: arguments can be seen by others.
(umask 077; : > /tmp/login; [ -z "${KEY:-}" ] || echo "header = \"Authorization: Bearer $KEY\"" > /tmp/login)
call() { curl -sS --max-time 60 --config /tmp/login -o /tmp/answer "$@" || fail "no answer: curl $*"; }
holds() { tr -d ' \n' < /tmp/answer | grep -q "$1"; }
run_id() { tr -d ' \n' < /tmp/answer | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4; }
start() { # address, words, more for curl
  at=$1 words=$2; shift 2
  call -X POST -H 'Content-Type: application/json' -d "{\"input\":\"$words\"}" "$@" "$at/api/v1/agents/$AGENT/runs"
}
through_ingress() {
  if [ -n "$CONNECT" ]; then
    # The certificate is the controller's business: names inside the cluster are not on it.
    "$@" --insecure --connect-to "$CONNECT"
  else
    "$@" ${HOST:+-H "Host: $HOST"}
  fi
}

call "$BACKEND/ready"
holds '"status":"ready"' || fail "the backend is not ready"

if [ -n "$INGRESS" ]; then
  words="what is 17 * 23"
  [ "$SILENCE" = 0 ] || words="wait $SILENCE s, then $words"
  through_ingress start "$INGRESS" "$words"
  silent=$(run_id)
  [ -n "$silent" ] || fail "no run was started through the Ingress at $INGRESS"
  began=$(date +%s)
  (
    through_ingress curl -sSN --max-time $((SILENCE + 60)) --config /tmp/login -o /tmp/stream -H 'Accept: text/event-stream' \
      "$INGRESS/api/v1/runs/$silent/events" 2>/tmp/why || echo "the stream broke: $(cat /tmp/why)" > /tmp/broken
  ) &
fi

start "$BACKEND" "what is 17 * 23" -H 'Prefer: wait=30'
holds '"state":"succeeded"' || fail "the run did not succeed"
holds "\"output\":\"[^\"]*$ANSWER" || fail "the answer is not what was asked for"
run=$(run_id)
call "$BACKEND/api/v1/runs/$run/events" -H 'Accept: text/event-stream'
holds 'run.created' || fail "the run's first event is missing"
holds 'run.succeeded' || fail "the stream of events ended without run.succeeded"
echo "PASSED: agent \"$AGENT\" took a turn through the Service (run $run), and its events were read back"

call "$FRONTEND/"
holds '<title>Wheelhouse' || fail "the console is not served"
echo "PASSED: the console is served"

if [ -n "$INGRESS" ]; then
  wait
  [ ! -e /tmp/broken ] || fail "through the Ingress at $INGRESS $(cat /tmp/broken)"
  cat /tmp/stream > /tmp/answer
  holds 'run.succeeded' || fail "through the Ingress at $INGRESS the stream of run $silent ended without run.succeeded, after $(($(date +%s) - began)) s"
  if holds 'run.waiting'; then
    echo "PASSED: through the Ingress, a stream that had nothing to say for $SILENCE s stayed open (run $silent)"
  else
    echo "PASSED: a turn through the Ingress (run $silent); agent \"$AGENT\" did not wait, so no silence was tried"
  fi
else
  echo "LEFT OUT: the Ingress; test.ingressUrl does not say where its controller answers"
fi
