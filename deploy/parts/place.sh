# shellcheck shell=bash
# What changes the server: each says what it does, does it only where it is not so yet, and does nothing in a dry run.

# Who says it, and whom to run again.
this_script=deploy/install.sh
placed_list=/var/lib/heatloop/placed
changes=0
# What --check found wrong.
wrong=0

# inside COMMAND...: what it prints, with the paths that the programs see: on a server these are the paths themselves.
inside() { "$@"; }

is_dry() { [ "$mode" = dry-run ]; }

say() { printf '%s\n' "$*"; }

# change SENTENCE COMMAND...: says it and does it.
change() {
  local sentence="$1"
  shift
  changes=$((changes + 1))
  if is_dry; then
    say "would $sentence"
  else
    say "$sentence"
    "$@"
  fi
}

# packages NAME...: installs those that are missing.
packages() {
  local name missing=()
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] || change "install ${missing[*]}" install_packages "${missing[@]}"
}

# A new server installs updates by itself for its first minutes: apt waits for that. What was interrupted is finished first.
install_packages() {
  local log
  log="$(mktemp)"
  export DEBIAN_FRONTEND=noninteractive
  {
    wait_for_dpkg && dpkg --configure -a &&
      apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 "$@"
  } >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    say "the packages could not be installed; the last lines of apt stand above" >&2
    exit 1
  }
  rm -f "$log"
}

wait_for_dpkg() { flock --timeout 600 /var/lib/dpkg/lock-frontend true; }

# has_mode PATH MODE OWNER: OWNER is USER:GROUP, names or numbers.
has_mode() { stat -c $'%a %U:%G\n%a %U:%g\n%a %u:%g' "$1" 2>/dev/null | grep -qxF -- "$2 $3"; }

# place PATH MODE OWNER: a file with what stands in stdin. Returns 0 where it was changed. A file of somebody else is kept as
# PATH.before-heatloop.
place() {
  local path="$1" mode_of="$2" owner="$3" new
  new="$(cat; printf x)"
  new="${new%x}"
  if [ -f "$path" ] && [ "$(cat "$path"; printf x)" = "${new}x" ] && has_mode "$path" "$mode_of" "$owner"; then
    is_dry || note_placed "$path"
    return 1
  fi
  change "write $path" put "$path" "$mode_of" "$owner" "$new"
}

put() {
  local path="$1" mode_of="$2" owner="$3" text="$4" new="$1.new-heatloop"
  if [ -e "$path" ] && ! is_placed "$path"; then cp -a "$path" "$path.before-heatloop"; fi
  [ -d "$(dirname "$path")" ] || install -d "$(dirname "$path")"
  (umask 077 && printf '%s' "$text" >"$new")
  chown "$owner" "$new"
  chmod "$mode_of" "$new"
  # Before it is there: whoever ends this in between still knows whose it is.
  note_placed "$path"
  mv -f "$new" "$path"
}

is_placed() { grep -qxF -- "$1" "$placed_list" 2>/dev/null; }

note_placed() {
  is_placed "$1" && return 0
  install -d -m 755 "$(dirname "$placed_list")"
  printf '%s\n' "$1" >>"$placed_list"
}

# take_away PATH: removes what was placed, and puts back what was there before.
take_away() {
  [ -e "$1" ] || return 0
  is_placed "$1" || return 0
  change "remove $1" rm -f "$1"
  if [ -e "$1.before-heatloop" ]; then change "put back $1 as it was" mv "$1.before-heatloop" "$1"; fi
}

forget_placed() { rm -f "$placed_list"; rmdir "$(dirname "$placed_list")" 2>/dev/null || true; }

# One that has failed too often in a short time is refused by systemd, unless that is forgotten.
start_anew() {
  systemctl reset-failed "$1" 2>/dev/null || true
  systemctl restart "$1"
}

# restart UNIT: ends here with its last lines where it does not start.
restart() {
  start_anew "$1" || {
    journalctl -u "$1" -n 20 --no-pager >&2
    say "$1 does not start; its last lines stand above" >&2
    exit 1
  }
}

# has_read UNIT STAMP FILE...: whether the unit runs, and will after a start of the machine, with what the files hold. STAMP is as old
# as what it has read: whoever ended a script before the unit was started sees that the next time.
has_read() {
  local unit="$1" stamp="$2" file
  shift 2
  systemctl is-active -q "$unit" && systemctl is-enabled -q "$unit" 2>/dev/null && [ -e "$stamp" ] || return 1
  for file in "$@"; do
    [ ! "$file" -nt "$stamp" ] || return 1
  done
}

# start_reading UNIT STAMP [COMMAND...]: starts it; the command ends this script where it is not well.
start_reading() {
  local unit="$1" stamp="$2"
  shift 2
  systemctl daemon-reload
  systemctl enable -q "$unit" 2>/dev/null
  touch "$stamp.new"
  restart "$unit"
  "$@"
  mv "$stamp.new" "$stamp"
}

is_timer_on() {
  systemctl is-enabled -q "$1" 2>/dev/null && systemctl is-active -q "$1" &&
    [ "$(systemctl show -P NeedDaemonReload "$1")" = no ]
}

start_timer() { systemctl daemon-reload && systemctl enable -q --now "$1"; }

# run_timer UNIT WHAT: where it does not run yet. stop_timer UNIT WHAT: where it does.
run_timer() { is_timer_on "$1" || change "start $2" start_timer "$1"; }

stop_timer() {
  if systemctl is-enabled -q "$1" 2>/dev/null; then change "stop $2" systemctl disable -q --now "$1"; fi
}

# checked WHAT COMMAND...: a row of the table of --check.
checked() {
  local what="$1" answer=ok
  shift
  "$@" >/dev/null 2>&1 || { answer=WRONG; wrong=1; }
  printf '%-60s %s\n' "$what" "$answer"
}

finish() {
  if [ "$changes" = 0 ]; then
    say "Everything is as it should be: nothing was changed."
  elif is_dry; then
    say "$changes changes would be made."
  else
    say "$changes changes were made."
  fi
  is_dry || show_secrets_once
}
