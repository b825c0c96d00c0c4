#!/usr/bin/env bash
# Looks after this server: says in the journal, and at ALERT_URL, what has gone wrong and what is well again. A fault counts
# from the second look on that finds it, so that a restart is none. While all is well, HEARTBEAT_URL is called each time.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=parts/answers.sh
. "$here/parts/answers.sh"

kept=/var/lib/heatloop/health
units=(mosquitto nginx heatloop home-assistant fail2ban)
jobs=(heatloop-certificates heatloop-backup heatloop-backup-test)
full_percent=90
certificate_days=30

# Each fault is a line: a word that stays the same, a tab, and the sentence.
faults() {
  local unit share
  for unit in "${units[@]}"; do
    if systemctl is-enabled -q "$unit" 2>/dev/null && ! systemctl is-active -q "$unit"; then
      printf '%s\t%s does not run: journalctl -u %s -n 50 says why\n' "$unit" "$unit" "$unit"
    fi
  done
  for unit in "${jobs[@]}"; do
    if systemctl is-failed -q "$unit"; then
      printf '%s\t%s went wrong when it ran last: journalctl -u %s -n 50 says why\n' "$unit" "$unit" "$unit"
    fi
  done
  share="$(df --output=pcent / /var /var/lib/heatloop/archive 2>/dev/null | tr -dc '0-9\n' | sort -n | tail -n 1 || true)"
  if [ "${share:-0}" -ge "$full_percent" ]; then printf 'disk\tthe disk is nearly full\n'; fi
  if ! openssl x509 -in /etc/heatloop/tls/server.crt -noout -checkend $((certificate_days * 86400)) >/dev/null 2>&1; then
    printf 'certificate\tthe server certificate ends within %s days: systemctl start heatloop-certificates renews it\n' "$certificate_days"
  fi
}

# whose_word IN FILE, or NOT_IN FILE: of the lines of stdin those whose word is in the file too, or is not.
whose_word() {
  awk -F '\t' -v is="$1" -v file="$2" \
    'BEGIN { while ((getline line < file) > 0) { split(line, part, "\t"); has[part[1]] = 1 } } ($1 in has) == (is == "IN")'
}

# call URL [TEXT]: the address is read from stdin, as an argument could be seen by others.
call() {
  local text=()
  if [ $# -gt 1 ]; then text=(--data-binary "$2"); fi
  printf 'url = "%s"\n' "$1" | curl --config - --silent --show-error --fail --max-time 20 --output /dev/null "${text[@]}"
}

install -d "$kept"
touch "$kept/seen" "$kept/told"
read_answers
now="$(mktemp)"
trap 'rm -f "$now"' EXIT
faults >"$now"

message="$(
  whose_word IN "$kept/seen" <"$now" | whose_word NOT_IN "$kept/told" | awk -F '\t' '{ print "Wrong: " $2 }'
  whose_word NOT_IN "$now" <"$kept/told" | awk -F '\t' '{ print "Well again: " $1 }'
)"
if [ -n "$message" ]; then
  printf '%s\n' "$message"
  # What could not be told is told the next time.
  if [ -z "$ALERT_URL" ] || call "$ALERT_URL" "$(hostname)"$'\n'"$message"; then
    whose_word IN "$kept/seen" <"$now" >"$kept/told.new"
    mv "$kept/told.new" "$kept/told"
  fi
fi
cp "$now" "$kept/seen"
if [ ! -s "$now" ] && [ -n "$HEARTBEAT_URL" ]; then
  call "$HEARTBEAT_URL" || echo "HEARTBEAT_URL could not be called"
fi
