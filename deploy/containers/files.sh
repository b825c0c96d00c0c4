# shellcheck shell=bash
# What lies in the folder of the containers.

make_containers_folder() {
  use_network
  make_folder "$folder" root:root 755
  make_folders
  secrets_install
  certificates_files
  place "$folder/mosquitto/config/mosquitto.conf" 644 root:root < <(mosquitto_text) || true
  broker_files
  if ! is_home_assistant_folder_whole; then change "make Home Assistant's folder $home_assistant" make_home_assistant_folder; fi
  make_folder "$card_folder" "$heatloop_user" 755
  place "$program_options" 600 "$heatloop_user" < <(program_options_text) || true
  web_files
  place "$web_pages/grafana-away.html" 644 root:root < <(web_page away Grafana) || true
  place "$web_site" 644 root:root < <(inside web_site_text) || true
  connection_files
  grafana_files
  place "$folder/.env" 644 root:root < <(environment_text) || true
  place "$folder/compose.yaml" 644 root:root <"$here/compose.yaml" || true
}

# Before what lies in them, so that nobody else reads it meanwhile.
make_folders() {
  make_folder "$folder/.made" root:root 755
  make_folder "$(dirname "$authority_key")" root:root 700
  make_folder "$tls" root:root 755
  make_folder "$given_certificate" root:root 700
  make_folder "$folder/mosquitto/data" "$mosquitto_user" 700
  make_folder "$folder/heatloop/data" "$heatloop_user" 700
  make_folder "$folder/heatloop/archive" "$heatloop_user" 700
  make_folder "$folder/influxdb" "$influxdb_user" 700
  make_folder "$folder/grafana/data" "$grafana_user" 700
}

# make_folder PATH OWNER MODE
make_folder() { has_mode "$1" "$3" "$2" || change "make $1" put_folder "$@"; }

put_folder() {
  install -d -m 755 "$(dirname "$1")"
  install -d -m "$3" -o "${2%:*}" -g "${2#*:}" "$1"
}

# Here it runs of no unit.
is_home_assistant_ours() { false; }

# What Debian's own mosquitto.conf has on a server.
mosquitto_text() {
  cat <<END
# Written by $this_script; a change of yours belongs into a file of its own in conf.d.
persistence true
persistence_location /mosquitto/data/
log_dest stdout
include_dir /mosquitto/config/conf.d
END
}

# By the machine's own program, else by that of the image. The passwords are in the file, and in no argument.
hash_passwords() {
  if command -v mosquitto_passwd >/dev/null; then
    mosquitto_passwd -U "$1"
  else
    docker run --rm --network none --user 0:0 --volume "$(dirname "$1"):/new" "$(image_of mosquitto)" \
      mosquitto_passwd -U "/new/$(basename "$1")"
  fi
}

environment_text() {
  cat <<END
# Written by $this_script, for compose.yaml.
COMPOSE_PROJECT_NAME=heatloop
HEATLOOP_NETWORK=$NETWORK
HEATLOOP_TIME_ZONE=$TIME_ZONE
END
}

# What Heatloop's Node.js runs in its container.
connection_files() {
  local file
  for file in "$here"/{connect-home-assistant,home-assistant-api,home-assistant-mqtt,page,page-api,connect-influx}.mjs; do
    place "$folder/connect/$(basename "$file")" 644 root:root <"$file" || true
  done
}

grafana_files() {
  local file
  place "$folder/grafana/environment" 600 root:root < <(grafana_environment_text) || true
  make_folder "$folder/grafana/provisioning" root:root 755
  make_folder "$folder/grafana/dashboards" root:root 755
  while IFS= read -r file; do
    place "$folder/$file" 644 root:root <"$here/$file" || true
  done < <(cd "$here" && find grafana/provisioning grafana/dashboards -type f 2>/dev/null | sort)
}

grafana_environment_text() {
  cat <<END
# Written by $this_script. The names are those of the data source in provisioning/.
HEATLOOP_INFLUX_URL=http://influxdb:8086
HEATLOOP_INFLUX_DATABASE=heatloop
HEATLOOP_INFLUX_USER=grafana
HEATLOOP_INFLUX_PASSWORD=$(secret_of influx_grafana)
GF_SECURITY_ADMIN_PASSWORD=$(secret_of grafana_admin)
END
}

# In the place of the one of web_site.sh. Where Grafana does not run, a page says so.
passed_on_too() {
  cat <<END

  location = /grafana { return 301 /grafana/; }
  location /grafana/ {
    error_page 502 504 /.heatloop/grafana-away.html;
    proxy_pass http://$proxied_grafana;
  }
  location = /grafana/login {
    limit_req zone=heatloop_login burst=10 nodelay;
    limit_req_status 429;
    proxy_pass http://$proxied_grafana;
  }
END
}

containers_finish() {
  finish
  if is_dry || [ "$mode" = connect ] || [ "$changes" = 0 ]; then return 0; fi
  cat <<END

Start them, or have them read what was changed, and connect them:
  cd $folder && docker compose up --detach && docker compose restart mosquitto nginx heatloop
  $this_script $folder --connect
END
}
