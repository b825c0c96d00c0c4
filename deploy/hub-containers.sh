#!/usr/bin/env bash
# Makes the folder of deploy/hub/compose.yaml: the hub for many homes, as containers. See docs/hub-deploy.md.
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
# What is otherwise of the hub takes the place of both.
# shellcheck source=hub/parts.sh
. "$here/hub/parts.sh"

usage() {
  cat <<'TEXT'
Usage: deploy/hub-containers.sh FOLDER [--answers FILE] [--dry-run]

Makes a folder for the hub as containers: compose.yaml with two hubs, PostgreSQL, Mosquitto and Nginx, a certificate authority of its
own, passwords, and what each of them reads. Run again it changes what is missing or different, makes the server's certificate anew
half a year before its end, and changes nothing else. It touches nothing outside the folder; start and stop the containers there
with docker compose.

  --answers FILE  what cannot be found out, as deploy/hub/answers.example has it; kept in FOLDER/answers
  --dry-run       says what would be changed, and changes nothing
  --help          this text
TEXT
}

take_words deploy/hub-containers.sh "" "$@"
paths_in "$folder"

hub_preflight
make_hub_folder
hub_finish
