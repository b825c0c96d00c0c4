# shellcheck shell=bash
# What lies in the folder of the hub's containers, and where. What is the same elsewhere comes from deploy/parts/ and containers/.

this_script=deploy/hub-containers.sh
NETWORK=172.31.84
answer_names=(NAMES ADDRESSES CERTIFICATE NETWORK)
# As they are here: no heat pump and no Home Assistant of its own.
HEAT_PUMPS=""
HOME_ASSISTANT=none
HEATLOOP=none

hub_user=1000:1000
postgres_user=70:70
mosquitto_user=1883:1883

# shellcheck disable=SC2034
paths_in() {
  placed_list="$1/.made/placed"
  secrets_shown="$1/.made/secrets-shown"
  kept_address="$1/.made/address"
  kept_answers="$1/answers"
  secrets_file="$1/passwords"
  tls="$1/tls"
  # In a folder of its own, as no container is to see it.
  authority_key="$1/authority/ca.key"
  given_certificate="$1/certificate"
  broker_passwords="$1/mosquitto/passwords"
  broker_group="${mosquitto_user#*:}"
  hub_secrets="$1/secrets"
  other_secrets=(database database_superuser)
}

# In the place of those of secrets.sh and of containers/paths.sh.
broker_users() { echo hub; }
show_secrets_once() { :; }
image_of() { sed -n "/^  $1:\$/,/^\$/s/^    image: //p" "$here/hub/compose.yaml"; }

hub_preflight() {
  needs_root
  read_answers
  find_addresses
  check_clock
  check_tools
  check_folder
  stop_at_mistakes "Nothing was changed:"
}

# By which name it is reached: of names and addresses the first.
hub_name() {
  local known=($NAMES $ADDRESSES)
  case "${known[0]}" in *:*) echo "[${known[0]}]" ;; *) echo "${known[0]}" ;; esac
}

make_hub_folder() {
  make_folder "$folder" root:root 755
  make_folder "$folder/.made" root:root 755
  make_folder "$(dirname "$authority_key")" root:root 700
  make_folder "$tls" root:root 755
  make_folder "$given_certificate" root:root 700
  make_folder "$hub_secrets" "$hub_user" 700
  make_folder "$folder/exports" "$hub_user" 700
  make_folder "$folder/postgres/passwords" "$postgres_user" 700
  secrets_install
  certificates_files
  if ! has_mode "$tls/server.key" 640 "root:$broker_group"; then
    change "let Mosquitto read the server's key" give_key_to_broker
  fi
  place "$folder/postgres/init/make-database.sh" 755 root:root <"$here/hub/postgres/make-database.sh" || true
  place "$folder/postgres/passwords/superuser-password" 400 "$postgres_user" < <(secret_of database_superuser) || true
  place "$folder/postgres/passwords/database-password" 400 "$postgres_user" < <(secret_of database) || true
  place "$folder/mosquitto/mosquitto.conf" 644 root:root <"$here/hub/mosquitto/mosquitto.conf" || true
  place "$folder/mosquitto/acl" 640 "root:$broker_group" <"$here/hub/mosquitto/acl" || true
  place "$folder/mosquitto/run.sh" 755 root:root <"$here/hub/mosquitto/run.sh" || true
  if ! are_passwords_good; then change "write $broker_passwords" write_passwords; fi
  place "$hub_secrets/database-password" 400 "$hub_user" < <(secret_of database) || true
  place "$hub_secrets/mqtt-password" 400 "$hub_user" < <(secret_of mqtt_hub) || true
  if ! is_dry; then place "$hub_secrets/mqtt-ca.pem" 444 "$hub_user" <"$tls/ca.crt" || true; fi
  place "$folder/nginx/hub.conf" 644 root:root < <(hub_site_text) || true
  place "$folder/.env" 600 root:root < <(hub_environment_text) || true
  place "$folder/compose.yaml" 644 root:root <"$here/hub/compose.yaml" || true
}

# deploy/hub/.env.example with what the answers say; the lines of its owner stay as they are.
hub_environment_text() {
  local line name kept
  while IFS= read -r line; do
    name="${line%%=*}"
    case "$line" in
      HEATLOOP_NETWORK=*) line="$name=$NETWORK" ;;
      HUB_PUBLIC_URL=*) line="$name=https://$(hub_name)" ;;
      HUB_NODES_MQTT_URL=*) line="$name=mqtts://$(hub_name):8883" ;;
      HUB_*)
        kept="$(grep "^$name=" "$folder/.env" 2>/dev/null | tail -n 1 || true)"
        line="${kept:-$name=}"
        ;;
    esac
    printf '%s\n' "$line"
  done <"$here/hub/.env.example"
}

# Nginx asks for names once, at its start, when the others may not be there: it is told addresses. A request that a hub has not
# taken goes to the other one.
hub_site_text() {
  local certificate=/etc/heatloop/tls/server.crt key=/etc/heatloop/tls/server.key
  if has_letsencrypt; then
    certificate=/etc/heatloop/certificate/fullchain.pem
    key=/etc/heatloop/certificate/privkey.pem
  fi
  cat <<END
# Written by $this_script.
map \$http_upgrade \$hub_connection { default ""; websocket upgrade; }
upstream hubs {
  server $NETWORK.4:8100 max_fails=1 fail_timeout=5s;
  server $NETWORK.5:8100 max_fails=1 fail_timeout=5s;
  keepalive 8;
}

server {
  listen 443 ssl;
  ssl_certificate $certificate;
  ssl_certificate_key $key;
  ssl_protocols TLSv1.2 TLSv1.3;
  server_tokens off;
  # As much as a hub takes. What passes through is not kept here: files of the container are memory.
  client_max_body_size 2m;
  proxy_request_buffering off;
  proxy_max_temp_file_size 0;

  location / {
    proxy_pass http://hubs;
    proxy_http_version 1.1;
    proxy_set_header Upgrade \$http_upgrade;
    proxy_set_header Connection \$hub_connection;
    proxy_set_header Host \$host;
    proxy_set_header X-Forwarded-For \$remote_addr;
    proxy_set_header X-Forwarded-Proto https;
    proxy_connect_timeout 2s;
  }
}
END
}

hub_finish() {
  finish
  if is_dry || [ "$changes" = 0 ]; then return 0; fi
  cat <<END

Start them, or have them read what was changed:
  cd $folder && docker compose up --detach && docker compose restart nginx mosquitto
The link that makes the first account is in $hub_secrets/first-invitation then.
END
}
