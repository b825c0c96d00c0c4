#!/usr/bin/env bash
# Makes the folder of deploy/compose.yaml: the server in the cloud as containers alone. See deploy/README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=parts.sh
. "$here/parts.sh"
# What is otherwise in containers takes the place of what is above.
# shellcheck source=containers/answers.sh
. "$here/containers/answers.sh"
# shellcheck source=containers/words.sh
. "$here/containers/words.sh"
# shellcheck source=containers/paths.sh
. "$here/containers/paths.sh"
# shellcheck source=containers/files.sh
. "$here/containers/files.sh"
# shellcheck source=containers/connect.sh
. "$here/containers/connect.sh"

usage() {
  cat <<'TEXT'
Usage: deploy/containers.sh FOLDER [--answers FILE] [--dry-run | --connect]

Makes a folder for containers alone: compose.yaml with Mosquitto, Home Assistant, Heatloop and Nginx (and InfluxDB and Grafana with
`--profile grafana`), a certificate authority of its own, passwords, and what each of them reads. Run again it changes what is
missing or different, makes the server's certificate anew half a year before its end, and changes nothing else. It touches nothing
outside the folder; start and stop the containers there with docker compose.

  --answers FILE  what cannot be found out, as deploy/containers/answers.example has it; kept in FOLDER/answers
  --dry-run       says what would be changed, and changes nothing
  --connect       once they run: makes Home Assistant's owner, connects it to the broker, gives Heatloop a token and its page a
                  password, and has Heatloop write into InfluxDB where that runs
  --help          this text
TEXT
}

take_words deploy/containers.sh connect "$@"
paths_in "$folder"

containers_preflight
if [ "$mode" = connect ]; then connect_containers; else make_containers_folder; fi
containers_finish
