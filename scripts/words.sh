# shellcheck shell=bash
# What the other scripts share: how to speak, how to look at ports and processes. Sourced, with $root set here.
# Everything runs with bash 3.2 and the tools of both Linux and macOS.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck disable=SC2034 # read by those who source this
data=${WHEELHOUSE_DATA:-$root/.data}
# shellcheck disable=SC2034
distribution=${WHEELHOUSE_DISTRIBUTION:-$root/backend/target/wheelhouse}
JAVA_HOME=$("$root/scripts/find-java")
export JAVA_HOME
# Maven's own libraries reach for what JDK 25 warns about; nobody here can mend that.
export MAVEN_OPTS="${MAVEN_OPTS:---sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED}"

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Letters and digits only, so that it needs no quoting in any address.
random_word() { # length
  head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c "1-$1"
}

is_port_taken() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below the ports that systems give to outgoing connections: one of those may take it before its owner does, or while
# its owner starts again.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! is_port_taken "$port"; then
      echo "$port"
      return
    fi
  done
}

who_listens() { # port; prints `java (pid 12)`, or nothing where the system does not tell
  local pid
  if command -v lsof >/dev/null; then
    pid=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN -t 2>/dev/null | head -n 1 || true)
    [ -z "$pid" ] || echo "$(basename "$(ps -o comm= -p "$pid")") (pid $pid)"
  elif command -v ss >/dev/null; then
    ss -ltnpH "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (pid \2)/p' | head -n 1 || true
  fi
}

require_free_port() { # port, how to choose another
  local who
  if is_port_taken "$1"; then
    who=$(who_listens "$1")
    fail "Port $1 is taken by ${who:-another process}: stop it, or choose another port with \"$2\"."
  fi
}

require_free_disk() { # folder
  local kilobytes
  kilobytes=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
  if [ "$kilobytes" -lt 512000 ]; then
    fail "Only $((kilobytes / 1024)) MB are free on the disk of $1, but Wheelhouse needs 500 MB. Free some space, then try again."
  fi
}

# A process that has ended and only waits to be counted is not alive, which `kill -0` does not tell.
is_alive() { # pid
  case $(ps -o stat= -p "$1" 2>/dev/null) in
    '' | Z*) return 1 ;;
  esac
}

# True if the process in a pid file is alive and still the one that wrote it: pids are given out again.
is_running() { # pid file, a word of its command line
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] && ps -ww -o args= -p "$pid" 2>/dev/null | grep -q -- "$2"
}

await_death() { # pid, seconds; fails where it is still alive then
  local deadline=$((SECONDS + $2))
  while is_alive "$1"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

stop_by_pid_file() { # pid file, a word of its command line, seconds to wait before kill -9
  local pid
  if is_running "$1" "$2"; then
    pid=$(cat "$1")
    kill -TERM "$pid" 2>/dev/null
    if ! await_death "$pid" "$3"; then
      kill -KILL "$pid" 2>/dev/null
      await_death "$pid" 10 || true
    fi
  fi
  rm -f "$1"
}

http_status() { # port, path
  local status=
  # The redirection of errors comes first: a refused connection is one of them.
  {
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
    read -r -t 5 _ status _ <&3
    cat <&3 >/dev/null
  } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1"
  echo "${status:-000}"
}

post_json() { # port, path, body; prints the status
  local status=
  {
    printf 'POST %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
      "$2" "${#3}" "$3" >&3
    read -r -t 30 _ status _ <&3
    cat <&3 >/dev/null
  } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$1"
  echo "${status:-000}"
}

# What a command prints, as soon as it is what is wanted: on a computer with too much to do one answer may come late, or
# say that the database is slow. After two minutes whatever it prints.
settled() { # wanted, command, its arguments
  local wanted=$1 found deadline=$((SECONDS + 120))
  shift
  while found=$("$@") && [ "$found" != "$wanted" ] && [ "$SECONDS" -lt "$deadline" ]; do
    sleep 0.2
  done
  echo "$found"
}

# For a computer with too much to do: what comes back does so in seconds, and nobody waits for the rest.
await_restart() { # pid file, its pid before, port
  local deadline=$((SECONDS + 120))
  until [ "$(cat "$1")" != "$2" ] && [ "$(http_status "$3" /ready)" = 200 ]; do
    [ "$SECONDS" -lt "$deadline" ] || return 0
    sleep 0.05
  done
}

# For the scripts that try something out: what was wanted, what was found, and the sum at the end.
passed=0 failed=0

expect() { # what, wanted, found
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
    say "ok: $1"
  else
    failed=$((failed + 1))
    say "failed: $1: wanted \"$2\", found \"$3\""
  fi
}

sum_up() {
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
