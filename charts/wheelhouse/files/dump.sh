#!/bin/sh
# Dumps of the database: made, proven by their content, kept and restored. Runs in Pods that have Postgres's programs: that of the
# chart's CronJob, the bundled Postgres, or one beside a Postgres of yours (scripts/upgrade, scripts/restore).
#
#   dump.sh keep FOLDER [OUT]  a new dump in FOLDER, or in OUT, proven, with a manifest beside it; those of FOLDER that are older than
#                              KEEP_DAYS go, but never the newest KEEP_LEAST, nor the newest of each of the last KEEP_WEEKS weeks
#   dump.sh doomed             of the names on standard input, those that go by the same rule
#   dump.sh write              a dump to standard output
#   dump.sh look [FILE]        whether it is whole and Wheelhouse's; standard input without FILE
#   dump.sh prove [FILE]       and whether it has each table that the database has
#   dump.sh check FILE         against the manifest beside it: that not a bit of it has changed
#   dump.sh drill FOLDER       restores the newest dump into a throw-away database beside the live one, and counts every table's rows
#   dump.sh restore [FILE]     into a new database that then takes the old one's name; the old one stays under another
#   dump.sh bring FOLDER       restores $DUMP of FOLDER, which is a name, "newest", or "list" to print them all
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
if [ -z "${database:-}" ] && [ "${1:-}" != doomed ]; then
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

keep() { # folder, where the dump is written in place of it
  out=${2:-$1}
  mkdir -p "$1" "$out"
  forget "$1"
  part=$out/.part
  trap 'rm -f "$part" "$out/.manifest"' EXIT
  write >"$part" || fail "the dump was not written; free on the disk: $(free_on "$out") KiB"
  tables=$(prove "$part") || exit 1
  file=$out/wheelhouse-$(date -u +%Y%m%dT%H%M%SZ).dump
  manifest "$part" "${file##*/}" >"$out/.manifest" || fail "the manifest was not written; free on the disk: $(free_on "$out") KiB"
  mv "$part" "$file"
  mv "$out/.manifest" "$file.manifest"
  trap - EXIT
  echo "KEPT: $file, $(($(wc -c <"$file") / 1024)) KiB, $tables"
  echo "There are $(all "$1" | wc -l | tr -d ' ') dumps, the oldest is $(all "$1" | tail -n 1); free on the disk: $(free_on "$1") KiB"
}

# What a dump is, in words that people read too: its sum, who can read it, how many rows each table has, and how far each run's log
# reads.
manifest() { # file, its name
  echo "manifest 1"
  echo "dump $2"
  echo "bytes $(wc -c <"$1" | tr -d ' ')"
  echo "sha256 $(sum_of "$1")"
  echo "database $(ask "$database" "SELECT current_database()")"
  echo "postgres $(ask "$database" "SHOW server_version")"
  echo "schema $(ask "$database" "SELECT max(version::int) FROM flyway_schema_history WHERE success" 2>/dev/null || echo unknown)"
  echo "needs the Secret with the master key, without which named secrets cannot be read: ${MASTER_KEY_SECRET:-see docs/backup.md}"
  rows_of "$1"
  echo "heads $(heads_of "$1")"
}

sum_of() { sha256sum "$1" | cut -d ' ' -f 1; }

# By the dump itself: the live database has gone on.
rows_of() { # file
  pg_restore --data-only --file=- "$1" | LC_ALL=C awk '
    inside && $0 == "\\." { print "rows", table, count; inside = 0; next }
    inside { count++; next }
    /^COPY / { table = $2; count = 0; inside = 1 }'
}

# One sum over all runs and the last entry of the log of each: a log that is shorter, or another's, is seen.
heads_of() { # file
  pg_restore --data-only --table=runs --file=- "$1" | LC_ALL=C awk -F '\t' '
    /^COPY / { gsub(/[(),]/, " "); n = split($0, word, " "); for (i = 3; i <= n; i++) at[word[i]] = i - 2; inside = 1; next }
    $0 == "\\." { inside = 0 }
    inside { print $at["tenant"] "/" $at["id"], $at["seq"] }' | LC_ALL=C sort -S 32M -T "$(dirname "$1")" | sha256sum | cut -d ' ' -f 1
}

# A table's owner is held by its policies too: here they are off, and on again when it is over, because nobody else looks yet.
unheld() { # where, SQL
  psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command=BEGIN --command="DO \$\$ DECLARE t regclass; BEGIN
    FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity LOOP EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t);
    END LOOP; END \$\$" --command="$2" --command=ROLLBACK
}

# Holds what was restored against its manifest: every row of each table, the last entry of each run's log, and no entry without its run.
same() { # where, manifest
  asked=$(sed -n "s/^rows \([^ ]*\) .*/SELECT '\1 ' || count(*) FROM \1/p" "$2" | sed '$!s/$/ UNION ALL/')
  found=$(unheld "$1" "$asked") || fail "the rows of what was restored cannot be counted"
  missing=$(grep '^rows ' "$2" | while read -r _ table count; do
    has=$(printf '%s\n' "$found" | sed -n "s/^$table //p")
    [ "$has" = "$count" ] || printf ' %s (%s of %s rows)' "$table" "${has:-none}" "$count"
  done)
  [ -z "$missing" ] || fail "what was restored lacks rows:$missing"
  heads=$(said heads "$2")
  if [ -n "$heads" ]; then
    now=$(unheld "$1" "SELECT tenant || '/' || id || ' ' || seq FROM runs ORDER BY (tenant || '/' || id || ' ' || seq) COLLATE \"C\"" | sha256sum | cut -d ' ' -f 1)
    [ "$now" = "$heads" ] || fail "the logs of the runs that were restored do not end where they ended when the dump was written"
    cut=$(unheld "$1" "SELECT count(*) FROM runs r WHERE NOT EXISTS (SELECT FROM log e WHERE e.tenant = r.tenant AND e.run = r.id AND e.seq = r.seq)")
    [ "$cut" = 0 ] || fail "what was restored has $cut runs whose log is cut off"
  fi
  alone=$(unheld "$1" "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT FROM runs r WHERE r.tenant = e.tenant AND r.id = e.run)")
  [ "$alone" = 0 ] || fail "what was restored has $alone events without their runs"
  tables=$(grep -c '^rows ' "$2")
  waiting=$(unheld "$1" "SELECT count(*) FROM runs WHERE state = 'waiting'")
}

said() { # word, manifest
  sed -n "s/^$1 //p" "$2" | head -n 1
}

check() { # file
  name=${1##*/}
  [ -f "$1" ] || fail "there is no dump \"$name\""
  [ -s "$1.manifest" ] || fail "\"$name\" has no manifest beside it: it is not known whether it is as it was written"
  [ "$(head -n 1 "$1.manifest")" = "manifest 1" ] || fail "the manifest of \"$name\" is not one, or of a later version"
  [ "$(said dump "$1.manifest")" = "$name" ] || fail "the manifest beside \"$name\" is of \"$(said dump "$1.manifest")\""
  for word in bytes sha256 database; do
    [ -n "$(said "$word" "$1.manifest")" ] || fail "the manifest of \"$name\" is cut off: it does not say \"$word\""
  done
  [ -n "$(said 'rows public.runs' "$1.manifest")" ] || fail "the manifest of \"$name\" is cut off: it has no rows of public.runs"
  bytes=$(wc -c <"$1" | tr -d ' ')
  [ "$bytes" = "$(said bytes "$1.manifest")" ] || fail "\"$name\" has $bytes bytes, and $(said bytes "$1.manifest") were written: it was cut off or uploaded by half"
  [ "$(sum_of "$1")" = "$(said sha256 "$1.manifest")" ] || fail "\"$name\" is not what was written: its bytes have changed (sha256)"
  now=$(ask "$database" "SELECT current_database()")
  [ "$now" = "$(said database "$1.manifest")" ] || fail "\"$name\" is of a database \"$(said database "$1.manifest")\", not of \"$now\""
}

drill() { # folder
  newest=$(all "$1" | head -n 1)
  [ -n "$newest" ] || fail "there is no dump to prove"
  began=$(date +%s)
  written=$(echo "${newest##*-}" | sed 's/^\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z.*/\1-\2-\3 \4:\5:\6/')
  age=$((began - $(date -u -d "$written" +%s)))
  [ "$age" -lt $((${MOST_AGE_HOURS:-26} * 3600)) ] || fail "the newest dump, ${newest##*/}, is $((age / 3600)) hours old"
  check "$newest"
  scratch=$(ask "$database" "SELECT current_database()" | cut -c 1-40)_drill
  trap 'ask "$(other postgres)" "DROP DATABASE IF EXISTS \"$scratch\""' EXIT
  ask "$(other postgres)" "DROP DATABASE IF EXISTS \"$scratch\""
  ask "$(other postgres)" "CREATE DATABASE \"$scratch\" TEMPLATE template0"
  pg_restore --exit-on-error --no-owner --dbname="$(other "$scratch")" "$newest" || fail "${newest##*/} cannot be restored"
  same "$(other "$scratch")" "$newest.manifest"
  echo "PROVEN: ${newest##*/}, $tables tables with every row, restored in $(($(date +%s) - began)) s; $waiting runs wait in it and would go on"
}

free_on() { df -Pk "$1" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4; }

# Newest first: their names are their times. Those that are encrypted too, by the names that they had before.
all() { # folder
  find "$1" -maxdepth 1 \( -name 'wheelhouse-*.dump' -o -name 'wheelhouse-*.dump.age' \) | sed 's/\.age$//' | sort -ru
}

forget() { # folder
  all "$1" | doomed | while read -r file; do
    rm -f "$file" "$file.age" "$file.manifest"
    echo "Forgotten: $file"
  done
}

# Of names or paths, newest first, those that are older than they need to be.
doomed() {
  oldest=wheelhouse-$(date -u -d "@$(($(date +%s) - ${KEEP_DAYS:-14} * 86400))" +%Y%m%dT%H%M%SZ).dump
  weeks=' '
  tail -n +$((${KEEP_LEAST:-3} + 1)) | while read -r file; do
    # Both are times of the same form, so the order of letters is that of time.
    [ "$(printf '%s\n%s\n' "${file##*/}" "$oldest" | sort | head -n 1)" = "${file##*/}" ] || continue
    is_of_its_week "$file" || echo "$file"
  done
}

# The newest of a week is kept for KEEP_WEEKS weeks. Asked newest first; remembers in $weeks.
is_of_its_week() { # file
  day=$(date -u -d "$(echo "${1##*-}" | sed 's/^\(....\)\(..\)\(..\).*/\1-\2-\3 00:00/')" +%s 2>/dev/null) || return 1
  [ $(($(date +%s) - day)) -lt $((${KEEP_WEEKS:-0} * 604800)) ] || return 1
  # Weeks begin on Monday; 1970 began on a Thursday.
  week=$(((day / 86400 + 3) / 7))
  case $weeks in *" $week "*) return 1 ;; esac
  weeks="$weeks$week "
}

bring() { # folder
  case ${DUMP:-newest} in
    list)
      all "$1" | sed 's#.*/##'
      return
      ;;
    newest) file=$(all "$1" | head -n 1) ;;
    *) file=$1/$DUMP ;;
  esac
  [ -n "$file" ] && [ -f "$file" ] || fail "there is no dump \"${DUMP:-newest}\": DUMP=list prints those that are"
  restore "$file"
}

# Two restores within one second keep both of what was there before.
free_name() { # name
  found=$1
  number=2
  while [ "$(ask "$database" "SELECT count(*) FROM pg_database WHERE datname = '$found'")" != 0 ]; do
    found=$1_$number
    number=$((number + 1))
  done
  echo "$found"
}

restore() { # file, or nothing
  if [ -s "${1:-}.manifest" ]; then check "$1"; fi
  name=$(ask "$database" "SELECT current_database()")
  owner=$(ask "$database" "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")
  new=$(echo "$name" | cut -c 1-40)_restoring
  old=$(free_name "$(echo "$name" | cut -c 1-40)_old_$(date -u +%Y%m%d%H%M%S)")
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
  runs=$(unheld "$(other "$new")" "SELECT count(*) FROM runs") || fail "what was restored has no table \"runs\": the database \"$name\" is as it was"
  if [ -s "${1:-}.manifest" ]; then
    same "$(other "$new")" "$1.manifest"
    echo "CHECKED: $tables tables with every row, $runs runs whose logs end where they did, $waiting of them wait"
  fi
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
  check)
    check "$@"
    echo "${1##*/} is as it was written, with $(grep -c '^rows ' "$1.manifest") tables"
    ;;
  keep | write | prove | restore | drill | bring | doomed) "$command" "$@" ;;
  *) fail "dump.sh does not know \"$command\": use keep, write, look, prove, check, drill, bring or restore" ;;
esac
