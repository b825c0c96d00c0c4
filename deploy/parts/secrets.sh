# shellcheck shell=bash
# The passwords, made here, in one file that root alone reads. None of them is ever an argument of a command.

secrets_file=/etc/heatloop/secrets
# As old as the passwords that were shown: whoever ended this before that sees them the next time.
secrets_shown=/var/lib/heatloop/secrets-shown

# The passwords besides those of the broker.
other_secrets=(home_assistant_owner heatloop_page backup)

# Who has a password at the broker: Home Assistant, Heatloop, a reader, and each heat pump under its own name.
broker_users() { printf '%s\n' homeassistant heatloop reader $HEAT_PUMPS; }

# 144 bits as letters and digits.
new_password() { head -c 64 /dev/urandom | base64 -w0 | tr -d '+/=' | head -c 24; }

# The passwords that are made: at the broker as mqtt_<user>, Home Assistant's owner, Heatloop's page, and what
# the backups are encrypted with.
secrets_made() {
  local user
  for user in $(broker_users); do echo "mqtt_$user"; done
  printf '%s\n' "${other_secrets[@]}"
}

secret_of() { sed -n "s/^$1=//p" "$secrets_file" 2>/dev/null; }

secrets_install() {
  local name lines=""
  for name in $(secrets_made); do lines+="$name=$(secret_of "$name" | grep . || new_password)"$'\n'; done
  if [ -n "$asked_address" ]; then place "$kept_address" 644 root:root <<<"$asked_address" || true; fi
  if [ -n "$answers_given" ]; then place "$kept_answers" 600 root:root <"$answers_given" || true; fi
  place "$secrets_file" 600 root:root < <(printf '%s' "$lines") || true
}

secrets_check() { checked "secrets can be read by root alone" test "$(stat -c '%a %U' "$secrets_file" 2>/dev/null)" = "600 root"; }

secrets_uninstall() {
  rm -f "$secrets_shown"
  if [ "$purge" = yes ] && [ -d /etc/heatloop ]; then
    change "remove /etc/heatloop with certificates, secrets and answers" rm -rf /etc/heatloop
  fi
}

show_secrets_once() {
  [ "$secrets_file" -nt "$secrets_shown" ] || return 0
  say ""
  say "Passwords, which are shown this once and stay in $secrets_file:"
  sed 's/^mqtt_/broker, /; s/^home_assistant_owner=/Home Assistant, owner=/; s/^heatloop_page=/Heatloop, page=/; s/^grafana_admin=/Grafana, admin=/; s/^influx_/InfluxDB, /; s/^backup=/backups, without which nobody can read them=/; s/=/  /; s/^/  /' "$secrets_file"
  show_way
  touch -r "$secrets_file" "$secrets_shown"
}

# Where everything is, by the first name or address.
show_way() {
  local known=($NAMES $ADDRESSES)
  say ""
  if [ "$HOME_ASSISTANT" != none ]; then say "Home Assistant  https://${known[0]}/, as owner"; fi
  if [ "$HEATLOOP" = service ]; then say "Heatloop        https://${known[0]}/heatloop/"; fi
  say "the ESP32       ${known[0]}, port 8883, trusts $tls/ca.crt"
}
