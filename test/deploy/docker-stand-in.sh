#!/usr/bin/env bash
# In the place of Docker where there is no engine: as much of it as deploy/containers.sh asks. Containers are network namespaces
# named $STAND_IN-<service>; each ask is written down in $STAND_IN_LOG.
set -euo pipefail
printf '%s\n' "$*" >>"$STAND_IN_LOG"

# The program of a container.
program_of() {
  local pid
  for pid in $(ip netns pids "$STAND_IN-$1"); do
    if [ "$(basename "$(readlink "/proc/$pid/exe")")" = node ]; then echo "$pid"; return; fi
  done
}

restart() {
  local former
  former="$(program_of "$1")"
  kill "$former"
  until [ "$(program_of "$1" || true)" != "$former" ] && [ -n "$(program_of "$1" || true)" ]; do sleep 0.05; done
}

case "$1 ${2:-}" in
  "compose version") ;;
  "run --rm") # --rm --network none --user 0:0 --volume FOLDER:/new IMAGE mosquitto_passwd -U /new/FILE
    exec "$STAND_IN_MOSQUITTO_PASSWD" -U "${7%:/new}/$(basename "${11}")"
    ;;
  "compose "*) # --project-directory FOLDER --file FILE COMMAND...
    shift 5
    case "$1" in
      ps) for name in $(ip netns list | sed -n "s/^$STAND_IN-//p" | cut -d' ' -f1); do [ -z "$(ip netns pids "$STAND_IN-$name")" ] || echo "$name"; done ;;
      restart) restart "$2" ;;
      exec) # -T SERVICE COMMAND...
        pid="$(program_of "$3")"
        shift 3
        exec env PATH=/usr/local/bin:/bin nsenter --target "$pid" --mount --net --root --wd /bin/busybox "$@"
        ;;
      *) echo "docker compose $1 is not known here" >&2; exit 2 ;;
    esac
    ;;
  *) echo "docker $1 is not known here" >&2; exit 2 ;;
esac
