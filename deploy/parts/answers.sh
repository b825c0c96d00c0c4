# shellcheck shell=bash
# What the person answers, and what is found out in place of it.

kept_answers=/etc/heatloop/answers
# The address that was asked for where it could not be found out otherwise.
kept_address=/etc/heatloop/address
asked_address=""
address_lookup="${HEATLOOP_ADDRESS_LOOKUP:-https://checkip.amazonaws.com}"

# Host names of this server, and addresses by which it is reached; the heat pumps' names on MQTT.
NAMES=""
ADDRESSES=""
HEAT_PUMPS="ecodan-heatpump"
# service: Heatloop itself runs here; none: elsewhere, such as beside a Home Assistant at home.
HEATLOOP=service
# How Home Assistant runs here, if it does.
HOME_ASSISTANT=container
# own: a firewall of Heatloop's; replace: in place of iptables' rules; keep: the one that there is, and its owner opens the ports.
FIREWALL=own
# Of 443. own: of this server's authority; letsencrypt: for NAMES, from Let's Encrypt, which may be told an e-mail address.
CERTIFICATE=own
EMAIL=""
# The home's, by which days begin; where it is empty, the server's.
TIME_ZONE=""
# keys: SSH takes keys alone; keep: what it takes now.
SSH=keys
# Where to say that something is wrong, and where to say every five minutes that all is well.
ALERT_URL=""
HEARTBEAT_URL=""
# Where the nightly backups go, and the key where that is S3.
BACKUP=""
BACKUP_KEY_ID=""
BACKUP_SECRET_KEY=""
answer_names=(NAMES ADDRESSES HEAT_PUMPS FIREWALL SSH ALERT_URL HEARTBEAT_URL BACKUP BACKUP_KEY_ID BACKUP_SECRET_KEY
  TIME_ZONE CERTIFICATE EMAIL HOME_ASSISTANT HEATLOOP)

name_rule='a host name such as heat.example.org'
address_rule='an IPv4 or IPv6 address such as 203.0.113.7'
url_rule='an address such as https://ntfy.sh/a-topic-that-nobody-guesses'
backup_rule='a place such as sftp://you@backups.example.org:23/heatloop or s3:https://s3.example.org/heatloop'
backup_key_rule='letters, digits, / and + alone'
heat_pump_rule='1 to 40 small letters, digits, _ and -, as the ESP32 is named'
home_assistant_rule='container, none, or the path of a hass program such as /srv/homeassistant/bin/hass'

# Every mistake of the answers is said before any of them counts.
mistakes=()

read_answers() {
  local file="${answers_given:-$kept_answers}" line key value number=0
  if [ ! -e "$file" ]; then
    [ -z "$answers_given" ] || mistakes+=("there is no file $file")
    return 0
  fi
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line="${line%%#*}"
    [ -n "${line//[[:space:]]/}" ] || continue
    key="${line%%=*}"
    value="${line#*=}"
    value="${value#\"}"
    value="${value%\"}"
    if [[ " ${answer_names[*]} " == *" $key "* ]]; then
      printf -v "$key" '%s' "$value"
    else
      mistakes+=("$file, line $number: there is no $key; there are ${answer_names[*]}")
    fi
  done <"$file"
  check_each NAMES "$name_rule" is_name
  check_each ADDRESSES "$address_rule" is_address
  check_each HEAT_PUMPS "$heat_pump_rule" is_heat_pump
  HOME_ASSISTANT="${HOME_ASSISTANT:-container}"
  is_home_assistant "$HOME_ASSISTANT" || mistakes+=("HOME_ASSISTANT: $HOME_ASSISTANT is not $home_assistant_rule")
  check_each TIME_ZONE 'a time zone such as Europe/Rome' is_time_zone
  check_each ALERT_URL "$url_rule" is_url
  check_each BACKUP "$backup_rule" is_backup
  check_each BACKUP_KEY_ID "$backup_key_rule" is_backup_key
  check_each BACKUP_SECRET_KEY "$backup_key_rule" is_backup_key
  if [[ "$BACKUP" == s3:* && ( -z "$BACKUP_KEY_ID" || -z "$BACKUP_SECRET_KEY" ) ]]; then
    mistakes+=("BACKUP is on S3: give BACKUP_KEY_ID and BACKUP_SECRET_KEY too")
  fi
  check_each HEARTBEAT_URL "$url_rule" is_url
  [[ "$HEATLOOP" =~ ^(service|none)$ ]] || mistakes+=("HEATLOOP: $HEATLOOP is neither service nor none")
  [[ "$FIREWALL" =~ ^(own|replace|keep)$ ]] || mistakes+=("FIREWALL: $FIREWALL is not own, replace or keep")
  [[ "$SSH" =~ ^(keys|keep)$ ]] || mistakes+=("SSH: $SSH is neither keys nor keep")
  check_certificate
}

check_certificate() {
  case "$CERTIFICATE" in
    own) ;;
    letsencrypt) [ -n "$NAMES" ] || mistakes+=("CERTIFICATE=letsencrypt needs NAMES: Let's Encrypt certifies host names") ;;
    *) mistakes+=("CERTIFICATE: $CERTIFICATE is neither own nor letsencrypt") ;;
  esac
  [[ "$EMAIL" =~ ^([^[:space:]@]+@[^[:space:]@]+)?$ ]] || mistakes+=("EMAIL: $EMAIL is not an e-mail address such as you@example.org")
}

# check_each KEY RULE TEST: each word of an answer is what the test takes.
check_each() {
  local word
  for word in ${!1}; do "$3" "$word" || mistakes+=("$1: $word is not $2"); done
}

is_name() { [[ "$1" =~ ^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$ ]]; }
is_url() { [[ "$1" =~ ^https?://[][A-Za-z0-9.:_-]+(/[A-Za-z0-9._~%+/?=\&-]*)?$ ]]; }
is_backup() {
  [[ "$1" =~ ^sftp://[A-Za-z0-9._-]+@[A-Za-z0-9.-]+(:[0-9]{1,5})?(//?[A-Za-z0-9._-]+)+$ || "$1" =~ ^s3:https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._-]+)+$ ]]
}
is_backup_key() { [[ "$1" =~ ^[A-Za-z0-9/+]+$ ]]; }
is_address() { [[ "$1" =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ || "$1" =~ ^[0-9a-f:]*:[0-9a-f:]+$ ]]; }
is_heat_pump() { [[ "$1" =~ ^[a-z0-9_-]{1,40}$ && ! "$1" =~ ^(heatloop|homeassistant|reader)$ ]]; }
is_home_assistant() { [[ "$1" =~ ^(container|none|/[A-Za-z0-9._/+-]+)$ ]]; }

# Addresses of this machine by which others may reach it: no loopback and no link-local ones.
own_addresses() {
  ip -o addr show scope global | awk '{ split($4, part, "/"); print part[1] }'
}

is_private() { [[ "$1" =~ ^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|f[cd]) ]]; }

# The addresses of the answers, else those of the machine that the internet knows, else what an address in the internet says.
find_addresses() {
  local address
  [ -z "$ADDRESSES" ] || return 0
  for address in $(own_addresses); do is_private "$address" || ADDRESSES="$ADDRESSES $address"; done
  ADDRESSES="${ADDRESSES# }"
  [ -z "$ADDRESSES$NAMES" ] || return 0
  if [ -e "$kept_address" ]; then ADDRESSES="$(cat "$kept_address")"; return; fi
  address="$(ask_address | tr -d '[:space:]' || true)"
  if is_address "$address" && ! is_private "$address"; then
    ADDRESSES="$address"
    asked_address="$address"
  else
    mistakes+=("this machine has private addresses only ($(own_addresses | paste -sd' ')), and $address_lookup does not say its public one: give ADDRESSES that, or NAMES a host name")
  fi
}

ask_address() { NODE_USE_ENV_PROXY=1 timeout 20 "$program_source/bin/node" "$here/download.mjs" "$address_lookup" 2>/dev/null; }

is_time_zone() { [[ "$1" =~ ^[A-Za-z][A-Za-z0-9_+/-]*$ ]] && { [ ! -d /usr/share/zoneinfo ] || [ -f "/usr/share/zoneinfo/$1" ]; }; }

# The zone of the answers, else the server's. Servers in the cloud have UTC, by which the home's days would begin at the wrong hour.
find_time_zone() {
  [ -z "$TIME_ZONE" ] || return 0
  TIME_ZONE="$(readlink -f /etc/localtime | sed -n 's|^/usr/share/zoneinfo/||p')"
  case "$TIME_ZONE" in
    "" | UTC | Etc/* | UCT | Universal | Zulu | GMT)
      mistakes+=("this server's clock shows UTC: give TIME_ZONE the home's zone, such as Europe/Rome (UTC, if it is so)") ;;
  esac
}
