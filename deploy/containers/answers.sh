# shellcheck shell=bash
# What the person answers for containers, and what has to be so before anything is changed.

this_script=deploy/containers.sh
# The first three numbers of the network that the containers speak to each other in.
NETWORK=172.31.83
network_rule='the first three numbers of a private network, such as 172.31.83 or 10.20.30'
answer_names=(NAMES ADDRESSES HEAT_PUMPS TIME_ZONE CERTIFICATE NETWORK)
# As these containers have it.
HOME_ASSISTANT=container
HEATLOOP=service

# own: of this server's authority; given: one of its owner's, in certificate/.
check_certificate() {
  case "$CERTIFICATE" in
    own) ;;
    given)
      [ -n "$NAMES" ] || mistakes+=("CERTIFICATE=given needs NAMES: the host names that the certificate is for")
      has_letsencrypt || mistakes+=("CERTIFICATE=given needs $given_certificate/fullchain.pem and $given_certificate/privkey.pem: put them there")
      ;;
    *) mistakes+=("CERTIFICATE: $CERTIFICATE is neither own nor given") ;;
  esac
  check_each NETWORK "$network_rule" is_network
}

is_network() { [[ "$1" =~ ^([0-9]{1,3}\.){2}[0-9]{1,3}$ ]] && is_private "$1."; }

# Without Node.js of a release; who has no curl gives ADDRESSES.
ask_address() { curl --fail --silent --max-time 20 "$address_lookup"; }

containers_preflight() {
  needs_root
  [ "$mode" != connect ] || [ -e "$secrets_file" ] || mistakes+=("there is no $secrets_file: run deploy/containers.sh $folder first")
  read_answers
  find_addresses
  find_time_zone
  check_clock
  check_tools
  check_folder
  check_network
  stop_at_mistakes "Nothing was changed:"
}

check_tools() {
  command -v openssl >/dev/null || mistakes+=("there is no openssl, which makes the certificates: install it")
  if [ "$mode" = connect ]; then
    is_compose_plugin || is_compose_program ||
      mistakes+=("there is neither docker compose nor docker-compose: install Docker with Compose, and start the containers first")
  elif ! command -v mosquitto_passwd >/dev/null && ! command -v docker >/dev/null; then
    mistakes+=("there is neither docker nor mosquitto_passwd, one of which writes the broker's passwords: install Docker")
  fi
}

# A folder with something else in it is not taken over.
check_folder() {
  if [ -e "$folder" ] && [ ! -d "$folder" ]; then
    mistakes+=("$folder is no folder")
  elif [ -d "$folder" ] && [ ! -e "$folder/.made" ] && [ -n "$(find "$folder" -mindepth 1 -maxdepth 1 ! -name answers ! -name certificate -print -quit)" ]; then
    mistakes+=("$folder has other files in it: name a new or an empty folder")
  fi
}

# Home Assistant keeps whom it believes, and that is its own from its first start on.
check_network() {
  local kept="$home_assistant/.storage/http"
  [ ! -e "$kept" ] || grep -qF "\"$NETWORK.5" "$kept" ||
    mistakes+=("NETWORK: the containers were made with another one, which Home Assistant has in $kept (trusted_proxies, an address that ends with .5): change it there to $NETWORK.5 while Home Assistant is stopped, or answer the former one")
}
