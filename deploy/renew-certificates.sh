#!/usr/bin/env bash
# Renews the server's certificate once it lasts for less than half a year, and has the broker read it. Run by a timer each day.
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
read_answers
find_addresses
is_server_certificate_good && exit 0
make_server_certificate
chown root:mosquitto "$tls/server.key"
chmod 640 "$tls/server.key"
touch /var/lib/heatloop/broker-read
systemctl reload mosquitto
say "the server's certificate was renewed for $(certified)"
