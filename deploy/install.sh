#!/usr/bin/env bash
# Sets up a server in the cloud for a heat pump at home. See deploy/README.md.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=parts.sh
. "$here/parts.sh"
# shellcheck source=parts/firewall.sh
. "$here/parts/firewall.sh"
# shellcheck source=parts/ssh.sh
. "$here/parts/ssh.sh"
# shellcheck source=parts/upkeep.sh
. "$here/parts/upkeep.sh"
# shellcheck source=parts/health.sh
. "$here/parts/health.sh"
# shellcheck source=parts/backup.sh
. "$here/parts/backup.sh"

usage() {
  cat <<'END'
Usage: deploy/install.sh [--answers FILE] [--dry-run | --check | --uninstall]

Sets up this server for a heat pump at home: a certificate authority of its own, the MQTT broker Mosquitto with TLS,
passwords and what each user may do, Home Assistant, Heatloop, Nginx with HTTPS in front of both, a firewall that lets in SSH,
HTTPS and the broker alone, SSH with keys alone, updates that come by themselves, encrypted backups, and a look every five
minutes whether all is well. It says what it will change before it changes it; run again it changes what is missing or
different, and nothing else.

  --answers FILE  what cannot be found out, as deploy/answers.example has it; kept in /etc/heatloop/answers
  --dry-run       says what would be changed, and changes nothing
  --check         looks at a server that was set up, and prints a table; exit 1 where something is wrong
  --uninstall     takes away what was set up; certificates, secrets and data stay unless --purge is given too
  --help          this text
END
}

mode=install
purge=no
answers_given=""
while [ $# -gt 0 ]; do
  case "$1" in
    --answers) answers_given="${2:-}"; [ -n "$answers_given" ] || { usage >&2; exit 2; }; shift ;;
    --dry-run) mode=dry-run ;;
    --check) mode=check ;;
    --uninstall) mode=uninstall ;;
    --purge) purge=yes ;;
    --help) usage; exit 0 ;;
    *) echo "deploy/install.sh: there is no $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

# Each is `<part>_install`, `<part>_check` and `<part>_uninstall`.
parts=(secrets certificates broker home_assistant program web firewall letsencrypt ssh upkeep backup health)

case "$mode" in
  install | dry-run)
    preflight
    for part in "${parts[@]}"; do "${part}_install"; done
    finish
    ;;
  check)
    needs_root
    read_answers
    find_addresses
    stop_at_mistakes "Nothing was looked at:"
    for part in "${parts[@]}"; do "${part}_check"; done
    [ "$wrong" = 0 ]
    ;;
  uninstall)
    needs_root
    for ((at = ${#parts[@]} - 1; at >= 0; at -= 1)); do "${parts[at]}_uninstall"; done
    forget_placed
    ;;
esac
