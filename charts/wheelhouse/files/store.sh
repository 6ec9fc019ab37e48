#!/bin/sh
# Dumps in a store of objects: S3 and all that speaks it, by rclone, whose variables RCLONE_CONFIG_STORE_… say where it is.
#
#   store.sh send FOLDER     sends each dump of FOLDER, its manifest last, looks at what has arrived, and forgets those that dump.sh says
#   store.sh fetch FOLDER    $DUMP into FOLDER with its manifest, which is a name, "newest", or "list" to print them all
#
#   STORE_PLACE=bucket/folder    KEEP_DAYS, KEEP_LEAST and KEEP_WEEKS as in dump.sh
set -eu

place=store:${STORE_PLACE:?}
umask 077

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# Tells at once what cannot be mended by trying again.
r() { rclone --config /dev/null --retries 2 --low-level-retries 3 --contimeout 20s --timeout 5m --log-level ERROR "$@"; }

# All that lies there under names of ours, newest first.
names() {
  files=$(r lsf --files-only "$place/") || fail "the store does not say what is in $STORE_PLACE: see above"
  printf '%s\n' "$files" | grep '^wheelhouse-[0-9TZ]*\.dump' || true
}

# A manifest comes last, so what has one has arrived. Of what look has found.
whole() { printf '%s\n' "$lying" | sed -n 's/\.manifest$//p' | sort -r; }

# Not within a pipe, which would hide that the store did not answer.
look() { lying=$(names) || exit 1; }

send() { # folder
  count=0
  for manifest in "$1"/*.manifest; do
    [ -f "$manifest" ] || fail "there is no dump to send"
    file=${manifest%.manifest}
    [ -f "$file" ] || file=$file.age
    bytes=$(wc -c <"$file" | tr -d ' ')
    r copyto --checksum "$file" "$place/${file##*/}" || fail "\"${file##*/}\" was not sent: see above. What has arrived has no manifest, and counts as none"
    there=$(r lsf --format s "$place/${file##*/}" || true)
    [ "$there" = "$bytes" ] || fail "\"${file##*/}\" has ${there:-no} bytes in the store, and $bytes were sent"
    r copyto --checksum "$manifest" "$place/${manifest##*/}" || fail "the manifest of \"${file##*/}\" was not sent: see above. Without it the dump counts as none"
    echo "SENT: ${file##*/}, $((bytes / 1024)) KiB, to $STORE_PLACE"
    count=$((count + 1))
  done
  look
  forget
  look
  echo "There are $(whole | wc -l | tr -d ' ') dumps in the store, the oldest is $(whole | tail -n 1)"
}

# Also what was sent by half, when it is old enough.
forget() {
  printf '%s\n' "$lying" | sed 's/\.dump.*$/.dump/' | sort -ru | /bin/sh "${0%/*}/dump.sh" doomed | while read -r name; do
    printf '%s\n' "$lying" | grep "^$name" | while read -r file; do r deletefile "$place/$file" || fail "\"$file\" is old and cannot be deleted: see above"; done
    echo "Forgotten: $name"
  done
}

fetch() { # folder
  look
  case ${DUMP:-newest} in
    list)
      whole
      return
      ;;
    newest)
      name=$(whole | head -n 1)
      [ -n "$name" ] || fail "there is no whole dump in $STORE_PLACE"
      newer=$(printf '%s\n' "$lying" | sed 's/\.dump.*$/.dump/' | sort -ru | head -n 1)
      [ "$newer" = "$name" ] || echo "Passed over: $newer has no manifest, so it was sent by half"
      ;;
    *)
      name=$DUMP
      printf '%s\n' "$lying" | grep -qxF -e "$name" -e "$name.age" || fail "there is no dump \"$name\" in $STORE_PLACE: DUMP=list prints those that are"
      printf '%s\n' "$lying" | grep -qxF "$name.manifest" || fail "\"$name\" has no manifest in the store: it was uploaded by half"
      ;;
  esac
  file=$(printf '%s\n' "$lying" | grep -xF -e "$name" -e "$name.age" | head -n 1)
  [ -n "$file" ] || fail "the store has the manifest of \"$name\" and not the dump"
  for one in "$name.manifest" "$file"; do
    r copyto "$place/$one" "$1/$one" || fail "\"$one\" cannot be read from the store: see above"
  done
  echo "FETCHED: $file, $(($(wc -c <"$1/$file") / 1024)) KiB"
}

command=${1:-}
case $command in
  send | fetch) "$command" "$2" ;;
  *) fail "store.sh does not know \"$command\": use send or fetch" ;;
esac
