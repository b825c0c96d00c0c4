#!/usr/bin/env bash
# Makes a new, empty server what the backed up one was. See deploy/README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

usage() {
  cat <<'END'
Usage: deploy/restore.sh --from PLACE [--key FILE] [--snapshot ID] [--answers FILE]

Fetches the last backup onto this new server and sets everything up as it was: certificates, secrets, settings, archive,
Home Assistant, and what the broker keeps. It asks for the password of the backups (and on S3 for the account's key, unless
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set). Ended in the middle, it goes on when it is run again.

  --from PLACE    where the backups are, as BACKUP of the answers has it
  --key FILE      the private SSH key that the SFTP server lets in; else the keys of root
  --snapshot ID   another backup than the last one; --list shows them
  --answers FILE  other answers than those of the backup, such as the new server's ADDRESSES
  --list          shows the backups, and changes nothing
  --help          this text
END
}

from="" key="" snapshot=latest answers="" mode=restore
while [ $# -gt 0 ]; do
  case "$1" in
    --from | --key | --snapshot | --answers)
      [ -n "${2:-}" ] || { usage >&2; exit 2; }
      name="${1#--}"
      printf -v "$name" '%s' "$2"
      shift
      ;;
    --list) mode=list ;;
    --help) usage; exit 0 ;;
    *) echo "deploy/restore.sh: there is no $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

stop() { printf '%s\n' "$@" >&2; exit 1; }

[ "$(id -u)" = 0 ] || stop "deploy/restore.sh: run it as root, such as with sudo"
[ -n "$from" ] || { usage >&2; exit 2; }
[ -z "$key" ] || [ -r "$key" ] || stop "There is no file $key."
[ -z "$answers" ] || [ -r "$answers" ] || stop "There is no file $answers."
# Begun and not ended.
begun=/var/lib/heatloop-restore
if [ "$mode" = restore ] && [ -e /etc/heatloop/secrets ] && [ ! -e "$begun" ]; then
  stop "This server is set up already, and a backup would overwrite it: take a new one, or deploy/install.sh --uninstall --purge first."
fi

# shellcheck source=parts/place.sh
. "$here/parts/place.sh"
packages restic sqlite3 openssh-client ca-certificates mosquitto

# ask QUESTION: a line of stdin that is not shown.
ask() {
  local answer
  if [ -t 0 ]; then printf '%s: ' "$1" >&2; fi
  IFS= read -rs answer || true
  if [ -t 0 ]; then echo >&2; fi
  printf '%s' "$answer"
}

secrets="$(mktemp -d)"
trap 'rm -rf "$secrets"' EXIT
(umask 077 && ask "The password of the backups" >"$secrets/password")
if [[ "$from" == s3:* && -z "${AWS_SECRET_ACCESS_KEY:-}" ]]; then
  AWS_ACCESS_KEY_ID="$(ask "The S3 account's key id")"
  AWS_SECRET_ACCESS_KEY="$(ask "The S3 account's secret key")"
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
fi
export RESTIC_REPOSITORY="$from" RESTIC_PASSWORD_FILE="$secrets/password" RESTIC_CACHE_DIR="$secrets/cache"
for file in /root/.ssh/id_{ed25519,ecdsa,rsa}; do if [ -z "$key" ] && [ -e "$file" ]; then key="$file"; fi; done
export BACKUP_KEY_FILE="$key"

state="$("$here/backup.sh" --state)" || stop "The backups at $from cannot be read: $state"
if [ "$mode" = list ]; then "$here/backup.sh" --list; exit 0; fi

touch "$begun"
for unit in heatloop home-assistant mosquitto; do systemctl stop "$unit" 2>/dev/null || true; done
say "fetch the backup $snapshot from $from"
"$here/backup.sh" --restore "$snapshot"

# The numbers of users differ from server to server: their names count.
give() {
  [ -e "$2" ] || return 0
  getent passwd "$1" >/dev/null || useradd --system --user-group --no-create-home --shell /usr/sbin/nologin "$1"
  chown -R "$1:$1" "$2"
}
give mosquitto /var/lib/mosquitto
give heatloop /var/lib/heatloop/data
give heatloop /var/lib/heatloop/archive

if [ -n "$answers" ]; then "$here/install.sh" --answers "$answers"; else "$here/install.sh"; fi
rm -f "$begun"
say "" "This server is what the backed up one was. Point its name here; an ESP32 that knows the old address alone needs the new one."
