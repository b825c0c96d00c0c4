# shellcheck shell=bash
# Heatloop itself as a service: a user of its own, all of the system read-only, and its page on this machine alone.

program_unit=/etc/systemd/system/heatloop.service
# Where Heatloop puts its card: all that it sees of Home Assistant's folder.
card_folder="$home_assistant/www/heatloop"
program_options=/etc/heatloop/program-options.json
# Where it finds the others.
broker_url=mqtt://127.0.0.1:1883
home_assistant_url=http://127.0.0.1:8123
# As old as what the running program has read.
program_read=/var/lib/heatloop/program-read

program_install() {
  if [ "$HEATLOOP" = none ]; then program_uninstall; return; fi
  local version current
  version="$(version_of "$program_source")"
  current="$(current_version)"
  if ! id heatloop >/dev/null 2>&1; then change "make the user heatloop" add_program_user; fi
  if [ -e "$changing" ]; then change "end the change of the version that was interrupted" settle_change; fi
  if [ -n "$current" ] && is_newer "$current" "$version"; then
    say "Heatloop $current stays: it is newer than $version beside this script."
    version="$current"
  fi
  if [ ! -d "$programs/$version" ]; then change "put Heatloop $version into $programs" put_version "$program_source" "$here"; fi
  if [ "$HOME_ASSISTANT" != none ] && [ "$(stat -c %U "$card_folder" 2>/dev/null)" != heatloop ]; then
    change "make the folder of Heatloop's card in Home Assistant" install -d -o heatloop -g heatloop "$card_folder"
  fi
  place "$program_options" 600 root:root < <(program_options_text) || true
  place "$program_unit" 644 root:root < <(program_unit_text) || true
  if [ -z "$current" ]; then change "make Heatloop $version the current one" use_version "$version"
  elif [ "$current" != "$version" ]; then change "go from Heatloop $current to $version" change_version "$version"; fi
  if ! has_program_read_all; then change "start Heatloop with it" start_program; fi
  program_page
}

program_page() {
  # shellcheck disable=SC2086
  if ! page is-set "$program_data/settings.json" $(page_wanted) 2>/dev/null; then
    change "tell Heatloop's page its password, its names and its proxy" set_page
  fi
}

add_program_user() { useradd --system --user-group --home-dir /var/lib/heatloop --no-create-home --shell /usr/sbin/nologin heatloop; }

program_options_text() {
  local home_assistant=""
  if [ -e "$home_assistant_token" ]; then
    home_assistant="$(printf ',\n  "home_assistant": { "url": "%s", "token": "%s" }' "$home_assistant_url" "$(cat "$home_assistant_token")")"
  fi
  printf '{\n  "mqtt": { "url": "%s", "username": "heatloop", "password": "%s" }%s\n}\n' \
    "$broker_url" "$(secret_of mqtt_heatloop)" "$home_assistant"
}

# It compiles code as it runs, and alerts go out to the internet: what else a service can do without, this one does without.
program_unit_text() {
  cat <<END
# Written by deploy/install.sh; a change of yours belongs into $program_unit.d/.
[Unit]
Description=Heatloop, the companion of the heat pump
Documentation=https://github.com/heatloop/heatloop
Wants=network-online.target
After=network-online.target mosquitto.service

[Service]
ExecStart=/usr/bin/env HEATLOOP_OPTIONS=\${CREDENTIALS_DIRECTORY}/options.json $programs/current/bin/heatloop
LoadCredential=options.json:$program_options
Environment=TZ=$TIME_ZONE HEATLOOP_HOST=127.0.0.1 HEATLOOP_PORT=8099
Environment=HEATLOOP_DATA=/var/lib/heatloop/data HEATLOOP_ARCHIVE=/var/lib/heatloop/archive
User=heatloop
Group=heatloop
StateDirectory=heatloop/data heatloop/archive
StateDirectoryMode=0750
CacheDirectory=heatloop
# Its folders are closed to others but for the card's, which Home Assistant reads.
UMask=0022
Restart=always
RestartSec=5
TimeoutStopSec=60
MemoryMax=1G
TasksMax=64

CapabilityBoundingSet=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
PrivateUsers=yes
ProtectProc=invisible
ProcSubset=pid
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
# AF_NETLINK: to know its own addresses.
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
$(program_unit_card)

[Install]
WantedBy=multi-user.target
END
}

has_program_read_all() {
  [ "$(running_version)" = "$(current_version)" ] &&
    has_read heatloop "$program_read" "$program_unit" "$program_unit".d/*.conf "$program_options"
}

start_program() { start_reading heatloop "$program_read" page_answers; }

page_answers() {
  page wait && return 0
  journalctl -u heatloop -n 20 --no-pager >&2
  say "Heatloop's page does not answer; its last lines stand above" >&2
  exit 1
}

program_unit_card() {
  [ "$HOME_ASSISTANT" != none ] || return 0
  cat <<END
Environment=HEATLOOP_HOME_ASSISTANT_CONFIG=/homeassistant
TemporaryFileSystem=/homeassistant:ro
BindPaths=$card_folder:/homeassistant/www/heatloop
BindReadOnlyPaths=$home_assistant/configuration.yaml:/homeassistant/configuration.yaml
END
}

# The names of the page, and whether there is a Home Assistant for the card, as page.mjs takes them.
page_wanted() {
  if [ "$HOME_ASSISTANT" != none ]; then echo --card; fi
  echo "$NAMES"
}

set_page() {
  # shellcheck disable=SC2086
  secret_of heatloop_page | page set $(page_wanted)
}

program_check() {
  [ "$HEATLOOP" = service ] || return 0
  checked "Heatloop $(current_version) runs" test "$(running_version)" = "$(current_version)"
  checked "its broker, Home Assistant, archive and settings are well" test "$(page status)" = ok
  checked "its page is open on this machine alone" test "$(ss -Hltn 'sport = :8099' | awk '{ print $4 }')" = 127.0.0.1:8099
  checked "its connections can be read by root alone" test "$(stat -c '%a %U' "$program_options")" = "600 root"
  checked "no change of its version was interrupted" test ! -e "$changing"
}

program_uninstall() {
  if systemctl is-enabled -q heatloop 2>/dev/null; then change "stop Heatloop" systemctl disable -q --now heatloop; fi
  take_away "$program_unit"
  take_away "$program_options"
  systemctl daemon-reload
  if [ -d "$programs" ]; then change "remove $programs" rm -rf "$programs"; fi
  rm -rf /var/cache/heatloop "$program_read" "$changing"
  [ "$purge" = yes ] || return 0
  if [ -d "$program_data" ]; then
    change "remove Heatloop's archive and settings in /var/lib/heatloop" rm -rf "$program_data" /var/lib/heatloop/archive "$data_before" "$data_after" "$archive_before"
  fi
  if id heatloop >/dev/null 2>&1; then change "remove the user heatloop" userdel heatloop; fi
}
