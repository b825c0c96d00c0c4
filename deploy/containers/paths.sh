# shellcheck shell=bash
# Where everything lies in the folder, and where the containers see it (the volumes of deploy/compose.yaml).

# The program in its image, and the users of others.
heatloop_user=1000:1000
mosquitto_user=1883:1883
influxdb_user=1500:1500
grafana_user=472:472

# shellcheck disable=SC2034
paths_in() {
  placed_list="$1/.made/placed"
  secrets_shown="$1/.made/secrets-shown"
  kept_address="$1/.made/address"
  kept_answers="$1/answers"
  secrets_file="$1/secrets"
  tls="$1/tls"
  # In a folder of its own, as no container is to see it.
  authority_key="$1/authority/ca.key"
  given_certificate="$1/certificate"
  letsencrypt_live="$given_certificate"
  broker_conf="$1/mosquitto/config/conf.d/heatloop.conf"
  broker_acl="$1/mosquitto/config/heatloop.acl"
  broker_passwords="$1/mosquitto/config/heatloop.passwords"
  home_assistant="$1/home-assistant"
  card_folder="$home_assistant/www/heatloop"
  home_assistant_token="$1/heatloop/data/home-assistant.token"
  program_options="$1/heatloop/data/options.json"
  web_site="$1/nginx/conf.d/heatloop.conf"
  web_pages="$1/nginx/pages"
  web_help_check="docker compose ps"
  web_help_mend="sudo $this_script $1"
  web_help_names="$1/answers"
  broker_group="${mosquitto_user#*:}"
  broker_plain_address=0.0.0.0
  broker_url=mqtt://mosquitto:1883
  home_assistant_url=http://home-assistant:8123
  home_assistant_host=0.0.0.0
  program_data=/data
  other_secrets=(home_assistant_owner heatloop_page grafana_admin influx_admin influx_heatloop influx_grafana)
}

# Nginx asks for names once, at its start, when the others may not be there: it is told addresses.
# shellcheck disable=SC2034
use_network() {
  home_assistant_proxies="\"$NETWORK.5/32\""
  proxied_home_assistant="$NETWORK.3:8123"
  proxied_heatloop="$NETWORK.4:8099"
  proxied_grafana="$NETWORK.7:3000"
}

# In the place of the one of place.sh.
inside() {
  (
    tls=/etc/heatloop/tls
    letsencrypt_live=/etc/heatloop/certificate
    broker_acl=/mosquitto/config/heatloop.acl
    broker_passwords=/mosquitto/config/heatloop.passwords
    web_pages=/usr/local/share/heatloop/web
    "$@"
  )
}

has_letsencrypt() { [ "$CERTIFICATE" = given ] && [ -e "$given_certificate/fullchain.pem" ] && [ -e "$given_certificate/privkey.pem" ]; }

# image_of SERVICE: with its version.
image_of() { sed -n "/^  $1:\$/,/^\$/s/^    image: //p" "$here/compose.yaml"; }

# Of the image; HEATLOOP_NGINX is another version.
has_http2_directive() {
  local version
  version="${HEATLOOP_NGINX:-$(image_of nginx | sed -E 's/.*:([0-9.]+).*/\1/')}"
  ! is_newer 1.25.1 "$version"
}
