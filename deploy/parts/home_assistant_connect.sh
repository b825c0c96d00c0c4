# shellcheck shell=bash
# Home Assistant's owner, its connection to the broker and Heatloop's token, by deploy/connect-home-assistant.mjs.

# Node.js of the release that this is part of, else of the installed one.
node_of_heatloop() {
  local node
  for node in "$here/../program/bin/node" /opt/heatloop/current/bin/node; do
    if [ -x "$node" ]; then echo "$node"; return; fi
  done
}

# Its address and the broker's are those of the server itself, if nothing is said of them.
run_connection() { "$(node_of_heatloop)" "$here/connect-home-assistant.mjs" "$1" "$home_assistant_token"; }

# home_assistant_script connect|check: secrets go by stdin.
home_assistant_script() {
  printf '%s\n' "owner_password=$(secret_of home_assistant_owner)" "mqtt_password=$(secret_of mqtt_homeassistant)" \
    "time_zone=$(home_time_zone)" "country=$(home_country)" "external_url=$(home_url)" |
    inside run_connection "$1"
}

# The home's, as far as it is known: a server in UTC has not been told.
home_time_zone() {
  local zone
  zone="${TIME_ZONE:-$(readlink /etc/localtime || true)}"
  zone="${zone#*/zoneinfo/}"
  case "$zone" in Etc/* | /*) ;; */*) echo "$zone" ;; esac
}

home_country() { awk -v zone="$(home_time_zone)" 'zone != "" && $3 == zone { print $1 }' /usr/share/zoneinfo/zone.tab 2>/dev/null || true; }

# Where it is reached from outside: by the first name, else the first address.
home_url() {
  local host
  host="$(awk '{ print $1 }' <<<"${NAMES:-$ADDRESSES}")"
  case "$host" in *:*) echo "https://[$host]" ;; *) echo "https://$host" ;; esac
}

connect_home_assistant() {
  local code=0 why=""
  if is_home_assistant_up; then why="$(home_assistant_script check 2>&1)" || code=$?; else code=1; fi
  case "$code" in
    0) ;;
    3) say "$why" ;;
    *) change "set Home Assistant up: its owner, the broker, a token for Heatloop" set_up_home_assistant ;;
  esac
}

set_up_home_assistant() {
  local code=0
  home_assistant_script connect || code=$?
  if [ "$code" = 4 ]; then
    forget_half_an_owner
    code=0
    home_assistant_script connect || code=$?
  fi
  [ "$code" = 0 ] || [ "$code" = 3 ] || exit 1
}

stop_home_assistant() { systemctl stop home-assistant; }
start_home_assistant_again() { restart home-assistant; }

# Home Assistant takes up no such owner again. Nobody has ever signed in to it.
forget_half_an_owner() {
  say "Home Assistant begins anew, as it has half an owner of a run that was ended"
  stop_home_assistant
  rm -f "$home_assistant"/.storage/{auth,auth_provider.homeassistant,onboarding,person}
  start_home_assistant_again
}
