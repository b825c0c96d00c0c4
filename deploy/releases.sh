# shellcheck shell=bash
# Versions of Heatloop out of its releases, checked by their sums before anything is done with them.

# All versions for servers are in one release; its SHA256SUMS names them.
releases="${HEATLOOP_RELEASES:-https://github.com/heatloop/heatloop/releases/download/server}"
work="$programs/.update"
# Of the file, and of what is in it twice.
least_free_mb=400


# download NAME: into the standard output. A proxy is the one of https_proxy.
download() { NODE_USE_ENV_PROXY=1 "$program_source/bin/node" "$here/download.mjs" "$releases/$1"; }

sums() { download SHA256SUMS || refuse "The list of versions could not be downloaded."; }

newest_version() {
  local all newest
  all="$(sums)" || exit 1
  newest="$(sed -nE "s/^[0-9a-f]{64}  heatloop-server-([0-9]+\.[0-9]+\.[0-9]+)-linux-$(arch)\.tar\.gz$/\1/p" <<<"$all" | sort -V | tail -n 1)"
  [ -n "$newest" ] || refuse "$releases/SHA256SUMS names no version for linux-$(arch)."
  echo "$newest"
}

has_room() {
  local free
  free="$(df --output=avail -m "$work" | tail -n 1 | tr -d ' ')"
  [ "$free" -ge "$least_free_mb" ] || refuse "$free MB are free in $programs: an update needs $least_free_mb MB."
}

download_version() {
  local name
  [[ "$1" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || refuse "$1 is neither a file nor a version such as 0.2.0."
  name="$(file_of "$1")"
  sums >"$work/SHA256SUMS" || exit 1
  grep -qE "^[0-9a-f]{64}  $name\$" "$work/SHA256SUMS" || refuse "There is no Heatloop $1 for linux-$(arch)."
  say "downloading $name"
  download "$name" >"$work/$name" || refuse "$name could not be downloaded whole."
  check_sum "$work" "$name"
  mv "$work/$name" "$work/file"
}

# A file that a person has brought; whose sum is beside it, is checked.
take_file() {
  local folder name
  folder="$(cd "$(dirname "$1")" && pwd -P)"
  name="$(basename "$1")"
  has_room
  if [ -e "$folder/SHA256SUMS" ]; then check_sum "$folder" "$name"; fi
  cp "$folder/$name" "$work/file"
}

# check_sum FOLDER NAME
check_sum() {
  (cd "$1" && grep -F "  $2" SHA256SUMS | sha256sum --check --status) ||
    refuse "$2 is not what SHA256SUMS says: it was changed or torn on its way."
}

unpack() {
  local folder
  { mkdir "$work/unpacked" && tar -xzf "$work/file" -C "$work/unpacked" --no-same-owner && sync -f "$work"; } ||
    refuse "The file could not be unpacked; the reason stands above."
  rm "$work/file"
  folder="$(find "$work/unpacked" -mindepth 1 -maxdepth 1)"
  [[ "$(version_of "$folder/program")" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ && -f "$folder/deploy/try-program.mjs" ]] ||
    refuse "The file is not heatloop-server-...tar.gz of a release."
  mv "$folder" "$work/new"
}
