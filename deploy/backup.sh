#!/usr/bin/env bash
# Backs up this server with restic; /etc/heatloop/backup.env says where to. What a database writes meanwhile is copied first.
# Usage: backup.sh [--state | --begin | --test | --list | --restore SNAPSHOT]
set -euo pipefail

copies=/var/lib/heatloop/backup
home_assistant=/var/lib/heatloop/home-assistant
database="$home_assistant/home-assistant_v2.db"
# Certificates, secrets and answers; settings and archive; Home Assistant; what the broker keeps; the copies of databases.
kept=(/etc/heatloop /var/lib/heatloop/data /var/lib/heatloop/archive "$home_assistant" /var/lib/mosquitto "$copies")

if [ -z "${RESTIC_REPOSITORY:-}" ]; then
  set -a
  # shellcheck source=/dev/null
  . /etc/heatloop/backup.env
  set +a
fi

# restic, which reaches SFTP by ssh with the key of the backups.
backups() {
  local options=() place port=22 key="${BACKUP_KEY_FILE:-/etc/heatloop/backup-key}"
  if [[ "$RESTIC_REPOSITORY" == sftp://* ]]; then
    place="${RESTIC_REPOSITORY#sftp://}"
    place="${place%%/*}"
    if [[ "$place" == *:* ]]; then port="${place##*:}"; fi
    options=(-o "sftp.command=ssh -i $key -p $port -o BatchMode=yes -o ConnectTimeout=20 -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=$key.hosts ${place%:*} -s sftp")
  fi
  restic "${options[@]}" "$@"
}

state() {
  local said
  said="$(backups cat config 2>&1 >/dev/null)" && return 0
  if grep -qE 'does not exist|no such file' <<<"$said"; then
    echo "no repository"
  else
    tail -n 1 <<<"$said"
  fi
  return 1
}

copy_databases() {
  install -d -m 700 "$copies"
  if systemctl is-active -q mosquitto; then kill -USR1 "$(systemctl show -P MainPID mosquitto)"; fi
  if [ -e "$database" ]; then
    rm -f "$copies/home-assistant_v2.db"
    sqlite3 "$database" ".timeout 60000" "VACUUM INTO '$copies/home-assistant_v2.db'"
  fi
}

back_up() {
  backups unlock --quiet
  copy_databases
  local path paths=()
  for path in "${kept[@]}"; do if [ -e "$path" ]; then paths+=("$path"); fi; done
  backups backup --quiet --tag heatloop --exclude "$database*" --exclude "$home_assistant/home-assistant.log*" \
    --exclude "$home_assistant/backups" --exclude "$home_assistant/deps" "${paths[@]}"
  backups forget --quiet --tag heatloop --group-by tags --keep-daily 7 --keep-weekly 5 --keep-monthly 24 --prune
  rm -rf "$copies"
}

# All of the data is read and held against its checksums, and one file against the server's own.
test_backups() {
  backups unlock --quiet
  backups check --quiet --read-data
  backups dump --quiet latest /etc/heatloop/tls/ca.crt | cmp - /etc/heatloop/tls/ca.crt
}

# restore SNAPSHOT: everything to where it was.
restore() {
  backups restore --quiet "$1" --target /
  if [ -e "$copies/home-assistant_v2.db" ]; then mv "$copies/home-assistant_v2.db" "$database"; fi
  rm -rf "$copies"
}

case "${1:-}" in
  "") back_up ;;
  --state) state ;;
  --begin) backups init --quiet ;;
  --test) test_backups ;;
  --list) backups snapshots --tag heatloop --compact ;;
  --restore) restore "${2:-latest}" ;;
  *) echo "backup.sh: there is no $1" >&2; exit 2 ;;
esac
