#!/usr/bin/env bash
# Updates Heatloop on this server, and goes back by itself where the new version is not well. See deploy/README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
mode=install
# shellcheck source=parts/place.sh
. "$here/parts/place.sh"
# shellcheck source=parts/versions.sh
. "$here/parts/versions.sh"
# shellcheck source=releases.sh
. "$here/releases.sh"

usage() {
  cat <<'END'
Usage: deploy/update.sh [VERSION | FILE | --check]

Brings Heatloop on this server to its newest version, or to the one that is named. The new one is tried beside the one that runs,
and where it is not as well as that one was, that one comes back with its settings as they were; the log goes on. The last two versions stay.

  VERSION   such as 0.2.0; an older one too
  FILE      heatloop-server-...tar.gz that was downloaded; with SHA256SUMS beside it, it is checked
  --check   says whether there is a newer version: exit 0 where there is none, 10 where there is one
  --help    this text
END
}

# refuse SENTENCE...: ends here; what runs goes on as it was.
refuse() {
  printf '%s\n' "$@" "Nothing was changed: Heatloop ${current:-} goes on." >&2
  exit 1
}

check_for_newer() {
  local newest
  newest="$(newest_version)"
  if is_newer "$newest" "$current"; then
    say "Heatloop $newest is there, and $current runs: sudo $programs/current/deploy/update.sh"
    exit 10
  fi
  say "Heatloop $current is the newest version."
}

# One at a time. What one that was killed has begun, such as a copy, ends by itself.
take_turn() {
  exec 9>"$update_lock"
  if flock --nonblock 9; then return 0; fi
  say "Another update is under way: waiting for its end"
  flock --timeout 300 9 || refuse "It has not ended within 5 minutes."
  current="$(current_version)"
}

# Of one that was interrupted.
end_interrupted() {
  [ -e "$changing" ] || return 0
  say "An update was interrupted: ending it"
  settle_change || exit 1
  current="$(current_version)"
}

update_to() {
  local given="$1" version
  rm -rf "$work"
  trap 'rm -rf "$work"' EXIT
  install -d -m 755 "$work"
  if [ -f "$given" ]; then
    take_file "$given"
  else
    version="${given:-$(newest_version)}"
    if [ "$version" = "$current" ]; then say "Heatloop $current runs already."; exit 0; fi
    if [ -z "$given" ] && ! is_newer "$version" "$current"; then say "Heatloop $current is the newest version."; exit 0; fi
    has_room
    download_version "$version"
  fi
  unpack
  version="$(version_of "$work/new/program")"
  if [ "$version" = "$current" ]; then say "Heatloop $current runs already."; exit 0; fi
  say "trying Heatloop $version beside $current"
  try_version
  if [ ! -d "$programs/$version" ]; then
    put_version "$work/new/program" "$work/new/deploy" || refuse "Heatloop $version could not be put into $programs; the reason stands above."
  fi
  rm -rf "$work"
  say "changing from Heatloop $current to $version"
  change_version "$version" || exit 1
  say "Heatloop $version runs. What else it would set up: sudo $programs/current/deploy/install.sh --dry-run"
}

# The new version by itself: without a network, without the log, with a copy of the settings.
try_version() {
  local log="$work/log" sandbox=(PrivateNetwork=yes ProtectSystem=strict ProtectHome=yes PrivateTmp=yes PrivateDevices=yes NoNewPrivileges=yes)
  cat "$program_data/settings.json" 2>/dev/null >"$work/settings" || true
  systemd-run --quiet --wait --pipe --collect --unit=heatloop-trial -p User=heatloop -p RuntimeDirectory=heatloop-trial \
    -p RuntimeMaxSec=120 "${sandbox[@]/#/--property=}" \
    "$work/new/program/bin/node" "$work/new/deploy/try-program.mjs" <"$work/settings" >"$log" 2>&1 ||
    refuse "$(tail -n 12 "$log")" "Heatloop $(version_of "$work/new/program") does not work on this server; its last lines stand above."
}

[ "${1:-}" != --help ] || { usage; exit 0; }
[ $# -le 1 ] || { usage >&2; exit 2; }
case "${1:-}" in --check) ;; -*) echo "deploy/update.sh: there is no $1" >&2; usage >&2; exit 2 ;; esac
[ "$(id -u)" = 0 ] || { say "deploy/update.sh: run it as root, such as with sudo" >&2; exit 1; }
current="$(current_version)"
[ -n "$current" ] || { say "There is no Heatloop on this server yet: deploy/install.sh sets it up." >&2; exit 1; }
if [ "${1:-}" = --check ]; then
  check_for_newer
else
  take_turn
  end_interrupted
  update_to "${1:-}"
fi
