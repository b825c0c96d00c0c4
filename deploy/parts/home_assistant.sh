# shellcheck shell=bash
# Home Assistant on the server itself: at 127.0.0.1:8123 alone, with an owner, the broker and a token for Heatloop.

home_assistant_version=2026.11.0
home_assistant=/var/lib/heatloop/home-assistant
home_assistant_unit=/etc/systemd/system/home-assistant.service
home_assistant_compose=/etc/heatloop/home-assistant/compose.yaml
home_assistant_token=/etc/heatloop/home-assistant.token
# Where it listens, and whom it believes who visits.
home_assistant_host=127.0.0.1
home_assistant_proxies='"127.0.0.1/32", "::1/128"'
# As old as what the running Home Assistant was started with.
home_assistant_started=/var/lib/heatloop/home-assistant-started

home_assistant_install() {
  if [ "$HOME_ASSISTANT" = none ]; then home_assistant_uninstall; return; fi
  if [ "$HOME_ASSISTANT" = container ]; then
    # shellcheck disable=SC2046
    has_docker || packages $(docker_packages)
  else
    leave_container
    is_user "$(home_assistant_user)" || change "make the user homeassistant" make_home_assistant_user
  fi
  if ! is_home_assistant_folder_whole; then change "make Home Assistant's folder $home_assistant" make_home_assistant_folder; fi
  if [ "$HOME_ASSISTANT" = container ]; then
    place "$home_assistant_compose" 644 root:root < <(home_assistant_compose_text) || true
    place "$home_assistant_unit" 644 root:root < <(home_assistant_container_unit) || true
  else
    place "$home_assistant_unit" 644 root:root < <(home_assistant_plain_unit) || true
  fi
  if is_this_machine_banned; then change "let this machine itself in at Home Assistant again" unban_this_machine; fi
  if ! is_home_assistant_up; then change "start Home Assistant" start_home_assistant; fi
  connect_home_assistant
}

# The user that runs it the plain way: the owner of the program, who may add to it what integrations need; one of its own for root's.
home_assistant_user() {
  local owner
  owner="$(stat -L -c %U "$HOME_ASSISTANT")"
  if [ "$owner" = root ]; then echo homeassistant; else echo "$owner"; fi
}

is_user() { getent passwd "$1" >/dev/null; }

make_home_assistant_user() {
  useradd --system --user-group --home-dir "$home_assistant" --no-create-home --shell /usr/sbin/nologin \
    --comment "Home Assistant, of deploy/install.sh" homeassistant
}

# In the container it is root.
home_assistant_owner() { if [ "$HOME_ASSISTANT" = container ]; then echo root; else home_assistant_user; fi; }

is_home_assistant_folder_whole() {
  [ -e "$home_assistant/configuration.yaml" ] && [ -e "$home_assistant/.storage/http" ] && [ -d "$home_assistant/www" ] &&
    [ "$(stat -c %U "$home_assistant")" = "$(home_assistant_owner)" ]
}

# What is there stays as it is. The folder's owner is changed last: with it all is there.
make_home_assistant_folder() {
  local owner name
  owner="$(home_assistant_owner)"
  # It may run as another user until now, who has to be able to write at its end.
  if is_home_assistant_ours; then systemctl stop home-assistant; fi
  install -d -m 755 "$(dirname "$home_assistant")"
  install -d -m 700 -o root "$home_assistant" "$home_assistant/.storage"
  install -d -m 755 "$home_assistant/www"
  for name in automations scripts scenes; do
    [ -e "$home_assistant/$name.yaml" ] || (umask 077 && home_assistant_list "$name" >"$home_assistant/$name.yaml")
  done
  put_once "$home_assistant/.storage/http" home_assistant_http
  put_once "$home_assistant/configuration.yaml" home_assistant_configuration
  # But for what Heatloop itself put there: it is its own.
  find "$home_assistant" -mindepth 1 -path "$home_assistant/www/heatloop" -prune -o -exec chown -h "$owner": {} +
  chown "$owner": "$home_assistant"
}

# put_once PATH COMMAND: a file that Home Assistant or a person changes later.
put_once() {
  [ ! -e "$1" ] || return 0
  (umask 077 && "$2" >"$1.new")
  mv "$1.new" "$1"
}

is_home_assistant_up() { has_read home-assistant "$home_assistant_started" "$home_assistant_unit" "$home_assistant_compose"; }

start_home_assistant() { start_reading home-assistant "$home_assistant_started"; }

# Home Assistant bans an address after many wrong passwords or tokens, and this machine's is Heatloop's too.
is_this_machine_banned() { grep -qE "^'?(127\.0\.0\.1|::1)'?:" "$home_assistant/ip_bans.yaml" 2>/dev/null; }

unban_this_machine() {
  # It reads them at its start.
  rm -f "$home_assistant_started"
  sed -i -E "/^'?(127\.0\.0\.1|::1)'?:/,+1d" "$home_assistant/ip_bans.yaml"
}

home_assistant_check() {
  [ "$HOME_ASSISTANT" != none ] || return 0
  local missing="" code=2
  if systemctl is-active -q home-assistant; then
    code=0
    missing="$(home_assistant_script check 2>/dev/null)" || code=$?
  fi
  # Somebody else's: so much is known of it.
  [ "$code" != 3 ] || missing=$'token\nmqtt'
  [ "$code" != 2 ] || missing=$'owner\ntoken\nmqtt'
  checked "Home Assistant runs" systemctl is-active home-assistant
  checked "8123 is open on this machine alone" test "$(ss -Hltn 'sport = :8123' | awk '{ print $4 }')" = 127.0.0.1:8123
  checked "Home Assistant has an owner" is_none_of owner "$missing"
  checked "Home Assistant takes Heatloop's token" is_none_of token "$missing"
  checked "Home Assistant is connected to the broker" is_none_of mqtt "$missing"
}

# is_none_of WORD LINES
is_none_of() { ! grep -qxF -- "$1" <<<"$2"; }

# Where Home Assistant ran in a container and is to run the plain way now.
leave_container() {
  is_placed "$home_assistant_compose" && [ -e "$home_assistant_compose" ] || return 0
  change "stop the container of Home Assistant" systemctl disable -q --now home-assistant
  take_away "$home_assistant_compose"
}

home_assistant_uninstall() {
  if is_placed "$home_assistant_unit" && systemctl is-enabled -q home-assistant 2>/dev/null; then
    change "stop Home Assistant" systemctl disable -q --now home-assistant
  fi
  take_away "$home_assistant_unit"
  take_away "$home_assistant_compose"
  is_dry || { rm -f "$home_assistant_started"; rmdir /etc/heatloop/home-assistant 2>/dev/null || true; systemctl daemon-reload; }
  [ "$purge" = yes ] || return 0
  rm -f "$home_assistant_token"
  if [ -e "$home_assistant" ]; then change "remove $home_assistant with all that Home Assistant knows" rm -rf "$home_assistant"; fi
  if getent passwd homeassistant | grep -q 'of deploy/install.sh'; then change "remove the user homeassistant" userdel homeassistant; fi
}
