#!/bin/sh
# Dumps of the database: made, proven by their content, kept and restored. Runs in Pods that have Postgres's programs: that of the
# chart's CronJob, the bundled Postgres, or one beside a Postgres of yours (scripts/upgrade, scripts/restore).
#
#   dump.sh keep FOLDER        a new dump in FOLDER, proven; those older than KEEP_DAYS go, but never the newest KEEP_LEAST
#   dump.sh write              a dump to standard output
#   dump.sh look [FILE]        whether it is whole and Wheelhouse's; standard input without FILE
#   dump.sh prove [FILE]       and whether it has each table that the database has
#   dump.sh restore [FILE]     into a new database that then takes the old one's name; the old one stays under another
#
# $database says where to connect; else DATABASE_URL, or DATABASE_HOST, _PORT, _NAME, _USER and _PASSWORD, as the backend has them.
set -eu

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

for place in /usr/lib/postgresql/*/bin /opt/bitnami/postgresql/bin; do PATH=$PATH:$place; done
export PGCONNECT_TIMEOUT=15 PGOPTIONS="-c client_min_messages=warning" PGPASSWORD="${PGPASSWORD:-${DATABASE_PASSWORD:-}}"
umask 077
if [ -z "${database:-}" ]; then
  database=${DATABASE_URL:-host=${DATABASE_HOST:?} port=${DATABASE_PORT:-5432} dbname=${DATABASE_NAME:?} user=${DATABASE_USER:?}}
fi

ask() { # where, SQL
  psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"
}

# The same server, another database.
other() { # name
  case $database in
    *://*) echo "$database" | sed -E "s#^([a-z]+://[^/]+)(/[^?]*)?#\1/$1#" ;;
    *) echo "$database dbname=$1" ;;
  esac
}

# Row-level security holds a table's owner too: who may not bypass it must be let through by a policy, or rows are missing.
write() {
  rows=
  if [ "$(ask "$database" "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")" = f ]; then
    closed=$(ask "$database" "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class t WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy p, unnest(polroles) role WHERE p.polrelid = t.oid AND p.polpermissive
        AND pg_get_expr(polqual, polrelid) = 'true' AND pg_has_role(current_user, nullif(role, 0), 'USAGE'))")
    [ -z "$closed" ] || fail "the user \"$(ask "$database" "SELECT current_user")\" does not see every row of: $closed. ALTER ROLE … BYPASSRLS, or take the backups of your Postgres"
    rows=--enable-row-security
  fi
  pg_dump --format=custom --compress=6 $rows --dbname="$database"
}

# Reads all of it: a dump that was cut off has a whole list of contents at its beginning.
look() { # file, or nothing
  has=$({ pg_restore --file=- "$@" || echo INCOMPLETE; } | grep -aE '^(COPY [^ ]+ |GRANT .* TO "?[^ ]+_app"?;|INCOMPLETE$)') || true
  case $has in *INCOMPLETE*) fail "the dump is not whole: pg_restore cannot read it to its end" ;; esac
  printf '%s\n' "$has" | grep -qF 'COPY public.runs ' || fail "the dump has no table \"runs\", so it is not of Wheelhouse's database"
  count=$(printf '%s\n' "$has" | grep -c '^COPY [a-z_]*\.')
  name=$(ask "$database" "SELECT current_database()")
  of=$(printf '%s\n' "$has" | sed -n 's/^GRANT .* TO "\{0,1\}\([^" ]*\)_app"\{0,1\};$/\1/p' | head -n 1)
  [ "${of:-$name}" = "$name" ] || fail "the dump is of a database \"$of\", after which its roles are named: restore it into a database of that name, not into \"$name\""
}

# And against the database that it was made of.
prove() { # file, or nothing
  look "$@"
  wanted=$(ask "$database" "SELECT format('%I.%I', relnamespace::regnamespace, relname) FROM pg_class WHERE relkind = 'r'
    AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') AND relpersistence = 'p' ORDER BY 1")
  for table in $wanted; do
    printf '%s\n' "$has" | grep -qF "COPY $table " || fail "the dump has no table \"$table\", which the database has"
  done
  echo "$count tables, all that the database has"
}

keep() { # folder
  mkdir -p "$1"
  forget "$1"
  part=$1/.part
  trap 'rm -f "$part"' EXIT
  write >"$part" || fail "the dump was not written; free on the disk: $(free_on "$1") KiB"
  tables=$(prove "$part") || exit 1
  file=$1/wheelhouse-$(date -u +%Y%m%dT%H%M%SZ).dump
  mv "$part" "$file"
  trap - EXIT
  echo "KEPT: $file, $(($(wc -c <"$file") / 1024)) KiB, $tables"
  echo "There are $(all "$1" | wc -l | tr -d ' ') dumps, the oldest is $(all "$1" | tail -n 1); free on the disk: $(free_on "$1") KiB"
}

free_on() { df -Pk "$1" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4; }

# Newest first: their names are their times.
all() { # folder
  find "$1" -maxdepth 1 -name 'wheelhouse-*.dump' | sort -r
}

forget() { # folder
  oldest=wheelhouse-$(date -u -d "@$(($(date +%s) - ${KEEP_DAYS:-14} * 86400))" +%Y%m%dT%H%M%SZ).dump
  all "$1" | tail -n +$((${KEEP_LEAST:-3} + 1)) | while read -r file; do
    # Both are times of the same form, so the order of letters is that of time.
    [ "$(printf '%s\n%s\n' "${file##*/}" "$oldest" | sort | head -n 1)" = "${file##*/}" ] || continue
    rm -f "$file"
    echo "Forgotten: $file"
  done
}

restore() { # file, or nothing
  name=$(ask "$database" "SELECT current_database()")
  owner=$(ask "$database" "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
  new=$(echo "$name" | cut -c 1-40)_restoring
  old=$(echo "$name" | cut -c 1-40)_old_$(date -u +%Y%m%d%H%M%S)
  case $(ask "$database" "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user") in
    t) ;;
    *) fail "the user \"$(ask "$database" "SELECT current_user")\" may not create databases: ALTER ROLE … CREATEDB, or restore by hand" ;;
  esac
  busy=$(ask "$database" "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
  [ "$busy" = 0 ] || fail "$busy sessions use the database \"$name\": stop the backend first"
  for role in app engine; do
    [ "$(ask "$database" "SELECT count(*) FROM pg_roles WHERE rolname = '${name}_$role'")" = 1 ] ||
      ask "$database" "CREATE ROLE \"${name}_$role\" NOLOGIN"
  done
  ask "$(other postgres)" "DROP DATABASE IF EXISTS \"$new\""
  trap 'ask "$(other postgres)" "DROP DATABASE IF EXISTS \"$new\""' EXIT
  ask "$(other postgres)" "CREATE DATABASE \"$new\" OWNER \"$owner\" TEMPLATE template0"
  pg_restore --exit-on-error --no-owner --role="$owner" --dbname="$(other "$new")" "$@" || fail "pg_restore broke off: the database \"$name\" is as it was"
  runs=$(ask "$(other "$new")" "SELECT count(*) FROM runs") || fail "what was restored has no table \"runs\": the database \"$name\" is as it was"
  ask "$(other postgres)" "BEGIN; ALTER DATABASE \"$name\" RENAME TO \"$old\"; ALTER DATABASE \"$new\" RENAME TO \"$name\"; COMMIT"
  trap - EXIT
  echo "RESTORED: \"$name\" has $runs runs; what was there before is the database \"$old\": DROP DATABASE \"$old\" when you do not miss it"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  look)
    look "$@"
    echo "$count tables"
    ;;
  keep | write | prove | restore) "$command" "$@" ;;
  *) fail "dump.sh does not know \"$command\": use keep, write, look, prove or restore" ;;
esac
