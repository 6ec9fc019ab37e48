# shellcheck shell=bash
# What image-backend and image-frontend share: images made without Docker and without a base image, from programs and
# libraries of this computer. Sourced; `image` is the folder that becomes the image's root.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
image=${image:-}

require_linux() { # Dockerfile to use elsewhere
  if [ "$(uname -s)" != Linux ]; then
    echo "Images without Docker are made of the C library of a Linux: use $1 on $(uname -s)." >&2
    exit 1
  fi
}

# nginx lies where only root looks. As root on Debian it is installed.
find_nginx() {
  PATH=$PATH:/usr/sbin
  if ! command -v nginx >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing nginx, for its program only."
    (apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nginx-light) >/dev/null || true
  fi
  command -v nginx >/dev/null
}

copy_programs() { # names
  local name path
  for name in "$@"; do
    path=$(command -v "$name") || {
      echo "\"$name\" belongs into the image and is not on this computer: install it, then try again." >&2
      exit 1
    }
    cp -L "$path" "$image/bin/$name"
  done
}

# Whatever the programs are linked to, at the paths where it is looked for; and what the C library loads by itself to
# look names up.
copy_libraries() { # folders with programs
  local library known
  # Once and whole: a reader that stops early makes ldconfig fail now and then.
  known=$(ldconfig -p)
  {
    # ldd fails where one of the files is a script, which is linked to nothing.
    { find "$@" -type f \( -perm -u+x -o -name '*.so' \) -exec ldd {} + 2>/dev/null || true; } |
      grep -oE '/[^ ]*lib[^ ]*/[^ /]+' | grep -vF "$image/"
    for library in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
      awk -v name="$library" '!found && $1 == name { print $NF; found = 1 }' <<<"$known"
    done
  } | grep -v ':$' | sort -u | while read -r library; do
    mkdir -p "$image$(dirname "$library")"
    cp -L "$library" "$image$library"
  done
}

name_user() {
  echo 'wheelhouse:x:10001:10001::/tmp:/bin/sh' >"$image/etc/passwd"
  echo 'wheelhouse:x:10001:' >"$image/etc/group"
  echo 'hosts: files dns' >"$image/etc/nsswitch.conf"
}

# Writes a docker-archive of one layer. Two packings of the same files are the same bytes.
pack_image() { # name, tags, archive, configuration as JSON
  local parts tags='' tag
  parts=$(mktemp -d)
  tar -C "$image" --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner -cf "$parts/layer" .
  local layer
  layer=$(sha256sum <"$parts/layer" | cut -d ' ' -f 1)
  gzip -9 -n <"$parts/layer" >"$parts/layer.tar.gz"
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:01Z","config":%s,"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(architecture)" "$4" "$layer" >"$parts/config.json"
  for tag in $2; do
    tags="$tags${tags:+,}\"$1:$tag\""
  done
  printf '[{"Config":"config.json","RepoTags":[%s],"Layers":["layer.tar.gz"]}]' "$tags" >"$parts/manifest.json"
  mkdir -p "$(dirname "$3")"
  tar -C "$parts" --mtime=@1 --owner=0 --group=0 --numeric-owner -cf "$3" manifest.json config.json layer.tar.gz
  rm -rf "$parts"
}

architecture() {
  case $(uname -m) in
    aarch64 | arm64) echo arm64 ;;
    *) echo amd64 ;;
  esac
}

say_size() { # archive, name, megabytes at the most
  local bytes
  bytes=$(wc -c <"$1")
  echo "$2: $((bytes / 1000000)) MB compressed (at most $3), in ${1#"$root"/}"
  if [ "$bytes" -gt $(($3 * 1000000)) ]; then
    echo "$2 is larger than its $3 MB: look at what \"tar tvf\" of its layer lists." >&2
    exit 1
  fi
}
