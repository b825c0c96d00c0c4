#!/usr/bin/env bash
# Brings the archive of the Heatloop that was moved from into this server's. See deploy/migrate.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
mode=install
# shellcheck source=parts/place.sh
. "$here/parts/place.sh"
# shellcheck source=parts/versions.sh
. "$here/parts/versions.sh"

archive=/var/lib/heatloop/archive

usage() {
  cat <<'END'
Usage: deploy/import-archive.sh FOLDER [--dry-run]

Brings into this server's archive what another Heatloop's knows better: minutes that are missing here, or of which it heard more.
Heatloop stands still for the seconds that it takes. It may be run again, also where it was ended in the middle.

  FOLDER     the other archive, a folder with one a heat pump in it
  --dry-run  says what it would do; Heatloop goes on, and nothing is written
  --help     this text
END
}

stop() { printf '%s\n' "$@" >&2; exit 1; }

old="" dry=()
for word in "$@"; do
  case "$word" in
    --dry-run) dry=(--dry-run) ;;
    --help) usage; exit 0 ;;
    -*) echo "deploy/import-archive.sh: there is no $word" >&2; usage >&2; exit 2 ;;
    *) [ -z "$old" ] || { usage >&2; exit 2; }; old="$word" ;;
  esac
done
[ -n "$old" ] || { usage >&2; exit 2; }
[ "$(id -u)" = 0 ] || stop "deploy/import-archive.sh: run it as root, such as with sudo"
[ -d "$old" ] || stop "There is no folder $old."
[ -e "$programs/current/dist/import-archive.js" ] || stop "There is no Heatloop here that can do this: sudo deploy/install.sh, or update.sh, first."
old="$(cd "$old" && pwd -P)"

heat_pumps() {
  local folder
  for folder in "$old"/*/[0-9][0-9][0-9][0-9]/; do
    [ -d "$folder" ] || continue
    folder="$(basename "$(dirname "$folder")")"
    case "$folder" in prices | surplus) ;; *) echo "$folder" ;; esac
  done | sort -u
}

mapfile -t found < <(heat_pumps)
[ ${#found[@]} != 0 ] || stop "$old is no archive: it has no folder such as ecodan-heatpump/2026."

# One at a time, and not while the version is changed: both stop and start Heatloop.
exec 9>"$update_lock"
flock --nonblock 9 || stop "An update or another import is under way: run this again once it has ended."

zone="$(systemctl show -P Environment heatloop | tr ' ' '\n' | sed -n 's/^TZ=//p')"
is_running=no
if [ ${#dry[@]} = 0 ] && systemctl is-active -q heatloop; then is_running=yes; fi

# What is in the archive is Heatloop's again, however this ends.
finish() {
  if [ ${#dry[@]} = 0 ]; then chown -R --reference="$archive" "$archive"; fi
  if [ "$is_running" = yes ]; then systemctl start heatloop; fi
}
trap finish EXIT
if [ "$is_running" = yes ]; then
  say "stop Heatloop for the import"
  systemctl stop heatloop
fi
for each in "${found[@]}"; do
  say "$each:"
  "$programs/current/bin/node" "$programs/current/dist/import-archive.js" --old "$old" --new "$archive" --device "$each" \
    --time-zone "${zone:-UTC}" --keep "$archive_before" "${dry[@]}"
done
finish
trap - EXIT
if [ "$is_running" = yes ]; then page wait >/dev/null || stop "Heatloop does not answer: journalctl -u heatloop says why."; say "Heatloop runs again."; fi
