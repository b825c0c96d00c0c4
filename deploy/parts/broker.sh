# shellcheck shell=bash
# Mosquitto: TLS on 8883 for the world, plain on the machine itself, a password for everybody, and what each one may do.

broker_conf=/etc/mosquitto/conf.d/heatloop.conf
broker_acl=/etc/mosquitto/heatloop.acl
broker_passwords=/etc/mosquitto/heatloop.passwords
broker_group=mosquitto
# Of 1883, which has no TLS.
broker_plain_address=127.0.0.1
# As old as what the running broker has read: whoever ended this before the broker was started sees that the next time.
broker_read=/var/lib/heatloop/broker-read

broker_install() {
  packages mosquitto
  broker_files
  if ! has_read mosquitto "$broker_read" "$broker_conf" "$broker_acl" "$broker_passwords" "$tls/server.crt"; then
    change "start Mosquitto with it" start_reading mosquitto "$broker_read"
  fi
}

broker_files() {
  if ! has_mode "$tls/server.key" 640 "root:$broker_group"; then
    change "let Mosquitto read the server's key" give_key_to_broker
  fi
  place "$broker_conf" 644 root:root < <(inside broker_conf_text) || true
  place "$broker_acl" 640 "root:$broker_group" < <(inside broker_acl_text) || true
  if ! are_passwords_good; then change "write $broker_passwords" write_passwords; fi
}

give_key_to_broker() {
  chown "root:$broker_group" "$tls/server.key"
  chmod 640 "$tls/server.key"
}

broker_conf_text() {
  cat <<END
# Written by $this_script; a change of yours belongs into a file of its own beside this one.
listener 8883
certfile $tls/server.crt
keyfile $tls/server.key
tls_version tlsv1.2

listener 1883 $broker_plain_address

allow_anonymous false
password_file $broker_passwords
acl_file $broker_acl
max_packet_size 1048576
END
}

broker_acl_text() {
  local heat_pump
  cat <<END
# Written by $this_script.
user homeassistant
topic readwrite #

user heatloop
topic read #
topic readwrite homeassistant/#
topic readwrite heatloop/#
END
  for heat_pump in $HEAT_PUMPS; do echo "topic readwrite $heat_pump/#"; done
  cat <<'END'

user reader
topic read #
END
  for heat_pump in $HEAT_PUMPS; do
    cat <<END

user $heat_pump
topic readwrite $heat_pump/#
topic read homeassistant/status
topic write esphome/discover/$heat_pump
topic read esphome/discover
topic read esphome/ping/$heat_pump
END
  done
}

# Whether the hashed passwords are those of the secrets: of the same users, and made after them.
are_passwords_good() {
  [ -e "$broker_passwords" ] && [ ! "$secrets_file" -nt "$broker_passwords" ] &&
    [ "$(cut -d: -f1 "$broker_passwords" | sort)" = "$(broker_users | sort)" ]
}

# Plain first, in a file that root alone reads, and hashed in it: an argument of mosquitto_passwd could be seen by others.
write_passwords() {
  local user new="$broker_passwords.new"
  rm -f "$new"
  (
    umask 077
    for user in $(broker_users); do printf '%s:%s\n' "$user" "$(secret_of "mqtt_$user")"; done >"$new"
    hash_passwords "$new"
  )
  chown "root:$broker_group" "$new"
  chmod 640 "$new"
  mv "$new" "$broker_passwords"
  note_placed "$broker_passwords"
}

hash_passwords() { mosquitto_passwd -U "$1"; }

broker_check() {
  checked "Mosquitto runs" systemctl is-active mosquitto
  checked "8883 speaks TLS with the server's certificate" speaks_tls
  checked "1883 is open on this machine alone" test "$(ss -Hltn 'sport = :1883' | awk '{ print $4 }')" = 127.0.0.1:1883
  checked "nobody gets in without a password" refuses_strangers
}

speaks_tls() {
  openssl s_client -connect 127.0.0.1:8883 -CAfile "$tls/ca.crt" -verify_return_error -verify_ip 127.0.0.1 </dev/null
}

# A CONNECT without user: MQTT 3.1.1, clean session, client id "c". The answer's fourth byte is 5: not authorized.
refuses_strangers() {
  local answer
  exec 3<>/dev/tcp/127.0.0.1/1883
  printf '\x10\x0d\x00\x04MQTT\x04\x02\x00\x3c\x00\x01c' >&3
  answer="$(head -c 4 <&3 | od -An -tx1 | tr -d ' ')"
  exec 3>&-
  [ "$answer" = 20020005 ]
}

broker_uninstall() {
  take_away "$broker_conf"
  take_away "$broker_acl"
  take_away "$broker_passwords"
  rm -f "$broker_read"
  if systemctl is-active -q mosquitto 2>/dev/null; then change "stop Mosquitto" systemctl disable -q --now mosquitto; fi
}
