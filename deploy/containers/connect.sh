# shellcheck shell=bash
# What is done once the containers run: Heatloop's container speaks to the others with the scripts in connect/.

in_compose() {
  local command=(docker compose)
  is_compose_plugin || command=(docker-compose)
  "${command[@]}" --project-directory "$folder" --file "$folder/compose.yaml" "$@"
}

# in_heatloop SCRIPT WORD...: run by Heatloop's Node.js, with stdin. No word is a secret.
in_heatloop() {
  local script="$1"
  shift
  in_compose exec -T heatloop env HEATLOOP_HOME_ASSISTANT_URL="$home_assistant_url" HEATLOOP_BROKER_HOST=mosquitto \
    HEATLOOP_PROXY="$NETWORK.5" HEATLOOP_INFLUX_URL=http://influxdb:8086 HEATLOOP_INSTALLER="$this_script $folder --connect" \
    HEATLOOP_TOKEN_PATH="$home_assistant_token" node "/connect/$script" "$@"
}

# In the place of those of home_assistant_connect.sh, home_assistant.sh and versions.sh.
run_connection() { in_heatloop connect-home-assistant.mjs "$1" /data/home-assistant.token; }
is_home_assistant_up() { true; }
stop_home_assistant() { in_compose stop home-assistant; }
start_home_assistant_again() { in_compose start home-assistant; }
page() { in_heatloop page.mjs "$@"; }

connect_containers() {
  local running service
  use_network
  running="$(in_compose ps --services --filter status=running)"
  for service in mosquitto home-assistant heatloop nginx; do
    grep -qx "$service" <<<"$running" || mistakes+=("$service does not run: docker compose up --detach in $folder starts it")
  done
  stop_at_mistakes "Nothing was connected:"
  connect_home_assistant
  if place "$program_options" 600 "$heatloop_user" < <(program_options_text); then
    in_compose restart heatloop
    page wait
  fi
  program_page
  if grep -qx influxdb <<<"$running"; then connect_influx; fi
}

# influx_script check|connect: secrets go by stdin.
influx_script() {
  printf '%s\n' "influx_admin=$(secret_of influx_admin)" "influx_heatloop=$(secret_of influx_heatloop)" \
    "influx_grafana=$(secret_of influx_grafana)" "heatloop_page=$(secret_of heatloop_page)" | in_heatloop connect-influx.mjs "$1"
}

connect_influx() {
  local code=0
  influx_script check || code=$?
  case "$code" in
    0) ;;
    1) change "have Heatloop write into InfluxDB" influx_script connect ;;
    *) exit 1 ;;
  esac
}
