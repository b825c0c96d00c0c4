#!/usr/bin/env bash
# Renews the server's certificate once it lasts for less than half a year, and has broker and Nginx read it. Run by a timer each
# day: what one run could not do, the next one does.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mode=install
answers_given=""
# shellcheck source=parts/answers.sh
. "$here/parts/answers.sh"
# shellcheck source=parts/place.sh
. "$here/parts/place.sh"
# shellcheck source=parts/certificates.sh
. "$here/parts/certificates.sh"

# Whether a program that has read its files at the time of the mark read the certificate before this one.
has_read_older() { [ -e "/var/lib/heatloop/$1" ] && [ "$tls/server.crt" -nt "/var/lib/heatloop/$1" ]; }

read_answers
find_addresses
if ! is_server_certificate_good; then
  make_server_certificate
  chown root:mosquitto "$tls/server.key"
  chmod 640 "$tls/server.key"
  say "the server's certificate was renewed for $(certified)"
fi
if has_read_older broker-read; then
  systemctl reload mosquitto
  touch /var/lib/heatloop/broker-read
fi
if has_read_older web-read; then "$here/reload-web.sh"; fi
