# shellcheck shell=bash
# Versions of Heatloop in /opt/heatloop, each a folder; `current` is a link to the one that runs. One is exchanged for another
# so that it comes back by itself, and so that whoever ends this in between can run it again.

programs=/opt/heatloop
program_data=/var/lib/heatloop/data
# "FROM TO STATUS [back]", as long as it is not known whether the change of the version ends well.
changing=/var/lib/heatloop/changing-version
data_before=/var/lib/heatloop/before-update
data_after=/var/lib/heatloop/after-update
# The archive's files that an import has replaced, as they were.
archive_before=/var/lib/heatloop/archive.before-migration
# Who changes it holds this; the lock goes with the process.
update_lock=/run/heatloop-update.lock
# The program beside these scripts; in a version's folder that is the version itself.
program_source="$here/../program"

# The file of a release for this machine.
arch() { case "$(uname -m)" in aarch64) echo arm64 ;; *) echo x64 ;; esac; }
file_of() { echo "heatloop-server-$1-linux-$(arch).tar.gz"; }

version_of() { cat "$1/VERSION" 2>/dev/null; }
current_version() { basename "$(readlink "$programs/current" 2>/dev/null)"; }
is_newer() { [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | tail -1)" = "$1" ]; }

# A version whose Node.js does not run is one that is gone back from.
page() {
  local node
  for node in "$program_source/bin/node" "$programs"/*/bin/node; do
    if "$node" --version >/dev/null 2>&1; then break; fi
  done
  "$node" "$here/page.mjs" "$@"
}

# The version whose process runs; nothing where none does.
running_version() {
  local exe
  exe="$(readlink "/proc/$(systemctl show -P MainPID heatloop 2>/dev/null)/exe")" || return 0
  case "$exe" in "$programs"/*/bin/node) exe="${exe#"$programs"/}"; echo "${exe%%/*}" ;; esac
}

# put_version PROGRAM DEPLOY: the folder is there as a whole, or not at all.
put_version() {
  local new="$programs/.new"
  rm -rf "$new"
  install -d -m 755 "$programs" "$new" &&
    cp -r --no-preserve=ownership "$1/." "$new" &&
    cp -r --no-preserve=ownership "$2" "$new/deploy" &&
    ln -s . "$new/program" &&
    chmod -R u=rwX,go=rX "$new" &&
    sync -f "$new" &&
    mv -T "$new" "$programs/$(version_of "$1")"
}

use_version() {
  ln -sfn "$1" "$programs/.current"
  mv -T "$programs/.current" "$programs/current"
}

# change_version VERSION: from the current one; 1 where it came back.
change_version() {
  local from status
  from="$(current_version)"
  status="$(page status)" || status=none
  if ! { keep_data && note_change "$from $1 $status"; }; then
    say "The settings could not be copied, so Heatloop $from goes on." >&2
    return 1
  fi
  use_version "$1"
  systemctl daemon-reload
  start_anew heatloop || true
  settle_change
}

note_change() { printf '%s\n' "$1" >"$changing.new" && sync -f "$changing.new" && mv "$changing.new" "$changing"; }

# What people entered and the program remembers, as this version reads it. The archive is only ever appended to.
keep_data() { copy_data "$program_data" "$data_before"; }

# copy_data FROM TO: TO is whole, or as it was.
copy_data() {
  rm -rf "$2.new"
  install -d -m 700 "$2.new" &&
    find "$1" -maxdepth 1 -name '*.json' -exec cp -p -t "$2.new" {} + &&
    sync -f "$2.new" &&
    rm -rf "$2" &&
    mv "$2.new" "$2"
}

# Ends a change of the version, also one that was interrupted: well, or back where it was.
settle_change() {
  local from to status back
  [ -e "$changing" ] || return 0
  read -r from to status back <"$changing"
  if [ -n "$back" ]; then
    go_back "$from" "$to" "$status"
    return 1
  fi
  if [ "$(current_version)" != "$to" ]; then
    rm -f "$changing"
    return 0
  fi
  if [ "$(running_version)" != "$to" ]; then start_anew heatloop || true; fi
  if is_well "$to" "$status"; then
    rm -f "$changing"
    remove_other_versions "$from" "$to"
    return 0
  fi
  say "Heatloop $to is not well; its last lines:" >&2
  journalctl -u heatloop -n 12 -o cat --no-pager >&2
  go_back "$from" "$to" "$status"
  return 1
}

# What the version before may not be able to read is kept aside.
go_back() {
  local from="$1" to="$2" status="$3"
  systemctl stop heatloop
  if ! grep -q ' back$' "$changing"; then
    copy_data "$program_data" "$data_after" || true
    note_change "$from $to $status back"
  fi
  cp -p -t "$program_data" "$data_before"/*.json || true
  use_version "$from"
  start_anew heatloop || true
  if is_well "$from" "$status"; then
    say "Heatloop $from runs again, with its settings as they were; the log has lost nothing." >&2
  else
    say "Heatloop $from was put back, and is not well either: see journalctl -u heatloop" >&2
  fi
  rm -rf "${programs:?}/$to"
  rm -f "$changing"
}

well_within_s=90
# One that ends a few seconds after its start is not well.
steady_s="${HEATLOOP_STEADY_S:-8}"

# is_well VERSION STATUS: it runs, and its health is as good as STATUS, which was there before.
is_well() {
  local since="" status restarts end=$((SECONDS + well_within_s))
  restarts="$(systemctl show -P NRestarts heatloop)"
  while [ "$SECONDS" -lt "$end" ]; do
    status=none
    if [ "$(running_version)" = "$1" ]; then status="$(page status)" || status=none; fi
    if [ "$status" = ok ] || { [ "$status" = degraded ] && [ "$2" != ok ]; }; then
      since="${since:-$SECONDS}"
      if [ $((SECONDS - since)) -ge "$steady_s" ]; then return 0; fi
    else
      since=""
      if [ "$(systemctl show -P NRestarts heatloop)" -ge $((restarts + 2)) ]; then return 1; fi
    fi
    sleep 1
  done
  return 1
}

# Two stay: the one that runs, and the one to go back to.
remove_other_versions() {
  local folder
  for folder in "$programs"/[0-9]*; do
    case "$(basename "$folder")" in "$1" | "$2") ;; *) rm -rf "$folder" ;; esac
  done
}
