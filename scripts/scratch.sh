# shellcheck shell=bash
# A throw-away platform for tests and measurements: a Postgres without fsync in a temporary folder, backends on free
# ports. Everything is gone when the script that sources this ends, however it ends.

# shellcheck source=scripts/words.sh
. "$(dirname "${BASH_SOURCE[0]}")/words.sh"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/wheelhouse.XXXXXX")

clean_scratch() {
  local file
  trap '' INT TERM
  for file in "$scratch"/*.pid.supervisor; do
    stop_by_pid_file "$file" scripts/supervise 22
  done
  "$root/scripts/postgres" stop "$scratch/postgres"
  if [ -n "${KEEP_LOGS:-}" ]; then
    mkdir -p "$KEEP_LOGS"
    cp "$scratch"/*.log "$scratch/postgres/postgres.log" "$KEEP_LOGS" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap clean_scratch EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

scratch_postgres() { # databases
  POSTGRES_UNSAFE=${POSTGRES_UNSAFE-yes} "$root/scripts/postgres" start "$scratch/postgres" "$@"
}

# Starts a supervised backend; its pid is in $scratch/NAME.pid, its log in $scratch/NAME.log.
scratch_backend() { # name (of its database too), port, then settings as NAME=value
  local name=$1 port=$2 url
  shift 2
  url=$("$root/scripts/postgres" url "$scratch/postgres" "$name")
  (
    set -m
    # What the environment says of models and settings is not what is tested here.
    env -u OPENAI_API_KEY -u ANTHROPIC_API_KEY -u GEMINI_API_KEY -u MISTRAL_API_KEY -u MODEL_PROVIDER -u MODEL_URL -u MODEL_NAME -u MODEL_API_KEY -u WHEELHOUSE_CONFIG \
      -u CONSOLE_DIR -u DEFINITIONS_DIR -u AUTH_BOOTSTRAP_KEY DATABASE_URL="$url" PORT="$port" HOST=127.0.0.1 AUTH_MODE=none "$@" \
      nohup "$root/scripts/supervise" "$scratch/$name.pid" "$scratch/$name.log" "$distribution/bin/wheelhouse" \
      </dev/null >/dev/null 2>&1 &
  )
}

scratch_ready() { # name, port
  local deadline=$((SECONDS + 120))
  until [ "$(http_status "$2" /ready)" = 200 ]; do
    if [ "$(cat "$scratch/$1.pid.deaths" 2>/dev/null || echo 0)" -ge 2 ] || [ "$SECONDS" -ge "$deadline" ]; then
      tail -n 30 "$scratch/$1.log" >&2
      fail "The backend \"$1\" did not become ready: the end of its log is above."
    fi
    sleep 0.05
  done
}
