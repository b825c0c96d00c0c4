# shellcheck shell=bash
# What has to be so before anything is changed; everything that is wrong is said at once.

needs_root() {
  [ "$(id -u)" = 0 ] || { say "$this_script: run it as root, such as with sudo" >&2; exit 1; }
}

preflight() {
  needs_root
  read_answers
  find_addresses
  find_time_zone
  check_program_is_there
  check_no_update
  check_distribution
  check_disk
  check_clock
  check_ports
  check_own_broker
  check_own_web
  check_home_assistant
  check_other_firewall
  check_ssh_keys
  stop_at_mistakes "Nothing was changed:"
}

# stop_at_mistakes SENTENCE: ends here where there are any, all of them named.
stop_at_mistakes() {
  [ ${#mistakes[@]} = 0 ] && return 0
  say "$1" >&2
  printf -- '- %s\n' "${mistakes[@]}" >&2
  exit 1
}

distribution() { (. /etc/os-release && echo "$ID ${VERSION_ID:-}"); }

check_distribution() {
  local name
  name="$(distribution)"
  case "$name" in
    "debian 12" | "debian 13" | "ubuntu 22.04" | "ubuntu 24.04") ;;
    *) mistakes+=("this is $name: Debian 12 or 13, Ubuntu 22.04 or 24.04 are needed") ;;
  esac
}

# A clone of the repository has no built program.
check_program_is_there() {
  local file
  if [ "$HEATLOOP$HOME_ASSISTANT" = nonenone ]; then return 0; fi
  file="$(file_of ...)"
  if [ ! -e "$program_source/bin/node" ]; then
    mistakes+=("there is no Heatloop beside this script: unpack $file of a release, and run its deploy/install.sh")
  elif ! "$program_source/bin/node" --version >/dev/null 2>&1; then
    mistakes+=("the Heatloop beside this script is not for this machine: take $file of a release")
  fi
}

# Both would change which version runs.
check_no_update() { flock --nonblock "$update_lock" true || mistakes+=("an update of Heatloop is under way: wait for its end"); }

least_free_mb=2048

check_disk() {
  local free
  free="$(df --output=avail -m /var | tail -1 | tr -d ' ')"
  [ "$free" -ge "$least_free_mb" ] || mistakes+=("$free MB are free in /var: at least $least_free_mb MB are needed")
}

# A certificate made under a wrong clock is not valid yet, or no more.
check_clock() {
  local year
  year="$(date +%Y)"
  { [ "$year" -ge 2026 ] && [ "$year" -lt 2100 ]; } || mistakes+=("the clock shows $(date -I): set it, such as with timedatectl set-ntp true")
}

# The ports that are opened, each with the program whose it may be already.
check_ports() {
  local port program holder
  while read -r port program; do
    [ -n "$port" ] || continue
    holder="$(ss -Hltnp "sport = :$port" | grep -oP 'users:\(\("\K[^"]+' | sort -u | paste -sd' ' || true)"
    case "$holder" in
      "" | "$program") ;;
      *) mistakes+=("port $port is taken by $holder: stop it, or move it to another port") ;;
    esac
  done <<END
8883 mosquitto
1883 mosquitto
443 nginx
$([ "$CERTIFICATE" = own ] || echo 80 nginx)
END
  holder="$(ss -Hltnp 'sport = :8099' | grep -v "pid=$(systemctl show -P MainPID heatloop)," | grep -oP 'users:\(\("\K[^"]+' || true)"
  [ -z "$holder" ] || mistakes+=("port 8099 is taken by $holder: stop it, or move it to another port")
}

# A Mosquitto that somebody set up themselves is not taken over.
check_own_broker() {
  local file
  for file in /etc/mosquitto/conf.d/*.conf; do
    [ -e "$file" ] || continue
    is_placed "$file" || mistakes+=("Mosquitto has a configuration of yours ($file), which this one would contradict: move it away, or keep your broker and do without deploy/install.sh")
  done
}

# Nor an Nginx: only the distribution's example site may be there, as it came.
check_own_web() {
  local file example=/etc/nginx/sites-available/default
  for file in /etc/nginx/conf.d/*.conf /etc/nginx/sites-enabled/*; do
    [ -e "$file" ] || continue
    is_placed "$file" && continue
    if [ "$(readlink -f "$file")" = "$example" ] &&
      dpkg-query -W -f '${Conffiles}' nginx-common 2>/dev/null | grep -qF "$example $(md5sum <"$example" | cut -d' ' -f1)"; then continue; fi
    mistakes+=("Nginx has a site of yours ($file), which this one would contradict: move it away, or keep your Nginx and do without deploy/install.sh")
  done
}

# A firewall of somebody else goes on refusing what ours lets in.
check_other_firewall() {
  has_own_firewall || return 0
  local what="" way="answer FIREWALL=keep, or switch it off"
  if systemctl is-active -q firewalld 2>/dev/null; then what="firewalld is active"; fi
  if ufw status 2>/dev/null | grep -q '^Status: active'; then what="ufw is active"; fi
  if [ -z "$what" ] && [ "$FIREWALL" = own ] && refuses_by_iptables; then
    what="iptables refuses what comes in, as on Oracle's Ubuntu"
    way="answer FIREWALL=keep, or FIREWALL=replace, which switches it off"
  fi
  [ -z "$what" ] || mistakes+=("$what: open 443 and 8883 there and $way")
}
