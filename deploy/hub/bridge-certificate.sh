#!/usr/bin/env bash
# The key and the certificate with which a Mosquitto of another system signs in at the hub's broker, renewed by itself. It needs
# nothing but this file, curl, and OpenSSL 3. Mosquitto reads both whenever its bridge connects, so nothing is started again.
set -euo pipefail

usage() {
  cat <<'END'
Usage: bridge-certificate.sh COMMAND FOLDER [options]

  key FOLDER                    makes the key in FOLDER, unless it is there, and prints its public half for POST /api/v1/nodes
  set-up FOLDER --hub URL --node ID
                                has the hub certify the key, and remembers what follows for `renew`
    --authority FILE            the authority of the hub's own certificate, where not every machine knows it
  renew FOLDER                  does it again once the certificate ends within 20 days
    --now                       or now
  timer FOLDER                  writes heatloop-bridge.service and heatloop-bridge.timer, which renew it
    --units FOLDER              where (default: /etc/systemd/system)
  cron FOLDER                   prints the same for cron
END
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

renewed_within_days=20
path=/api/v1/node/certificate

# base64url without padding
url64() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }

# For the broker's user alone, where there is one and this is root; put in place at once.
keep() {
  chmod 600 "$1.new"
  if [ "$(id -u)" = 0 ] && getent group mosquitto >/dev/null; then
    chgrp mosquitto "$1.new"
    chmod 640 "$1.new"
  fi
  mv "$1.new" "$1"
}

public_key() { openssl pkey -in "$folder/node.key" -pubout -outform DER | tail -c 32 | url64; }

make_key() {
  (umask 077 && mkdir -p "$folder")
  if [ "$(id -u)" = 0 ] && getent group mosquitto >/dev/null; then
    chgrp mosquitto "$folder"
    chmod 750 "$folder"
  fi
  if [ -e "$folder/node.key" ]; then return; fi
  (umask 077 && openssl genpkey -algorithm ed25519 -out "$folder/node.key.new")
  keep "$folder/node.key"
}

# setting NAME: of what `set-up` has written.
setting() { sed -n "s/^$1 //p" "$folder/renew.conf"; }

# answered NAME: a text of the hub's answer, of which a PEM has its lines.
answered() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/answer" | sed 's/\\n/\n/g'; }

# Asks the hub as RFC 9421 has it, signed by the key itself.
certify() {
  local hub node url body digest parameters status words=()
  hub="$(setting hub)"
  node="$(setting node)"
  url="${hub%/}$path"
  body="{\"public_key\":\"$(public_key)\"}"
  digest="sha-256=:$(printf %s "$body" | openssl dgst -sha256 -binary | base64 -w 0):"
  parameters="(\"@method\" \"@path\" \"@query\" \"content-digest\");created=$(date +%s);nonce=\"$(openssl rand -hex 16)\""
  parameters="$parameters;keyid=\"$node\";alg=\"ed25519\""
  printf '"@method": POST\n"@path": /%s\n"@query": ?\n"content-digest": %s\n"@signature-params": %s' \
    "$(printf %s "$url" | cut -d / -f 4-)" "$digest" "$parameters" >"$work/signed"
  openssl pkeyutl -sign -rawin -inkey "$folder/node.key" -in "$work/signed" -out "$work/signature"
  if [ -n "$(setting authority)" ]; then words=(--cacert "$(setting authority)"); fi
  status="$(
    curl --silent --show-error --max-time 60 --output "$work/answer" --write-out '%{http_code}' "${words[@]}" \
      --header 'Content-Type: application/json' --header "Content-Digest: $digest" \
      --header "Signature-Input: sig=$parameters" --header "Signature: sig=:$(base64 -w 0 "$work/signature"):" \
      --data-binary "$body" "$url"
  )" || fail "The hub at $hub could not be reached. The certificate stays as it is; it is tried again the next time."
  case "$status" in
    201) ;;
    401) fail "The hub does not know this node or its key, or this machine's clock is more than a minute off: $(cat "$work/answer")" ;;
    *) fail "The hub answers $status: $(cat "$work/answer")" ;;
  esac
  answered certificate >"$folder/node.pem.new"
  if ! openssl x509 -in "$folder/node.pem.new" -noout -checkend 0 >/dev/null; then
    rm -f "$folder/node.pem.new"
    fail "The hub's answer has no certificate that is good."
  fi
  keep "$folder/node.pem"
  answered broker_ca >"$folder/broker-ca.pem.new"
  if [ -s "$folder/broker-ca.pem.new" ]; then
    keep "$folder/broker-ca.pem"
  else
    rm -f "$folder/broker-ca.pem.new"
    # Of an authority that every machine knows.
    [ -e "$folder/broker-ca.pem" ] || ln -s /etc/ssl/certs/ca-certificates.crt "$folder/broker-ca.pem"
  fi
  printf 'The certificate is good until %s\n' "$(openssl x509 -in "$folder/node.pem" -noout -enddate | cut -d = -f 2)"
}

set_up() {
  local hub="" node="" authority=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --hub) hub="${2:?}" ;;
      --node) node="${2:?}" ;;
      --authority) authority="$(realpath "${2:?}")" ;;
      *) fail "$1 is no option of set-up" ;;
    esac
    shift 2
  done
  case "$hub" in http://?* | https://?*) ;; *) fail "--hub is the hub's address, such as https://hub.example.org" ;; esac
  printf %s "$node" | grep -Eqx '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' || fail "--node is the node's id, as POST /api/v1/nodes answers it"
  make_key
  {
    printf 'hub %s\nnode %s\n' "$hub" "$node"
    if [ -n "$authority" ]; then printf 'authority %s\n' "$authority"; fi
  } >"$folder/renew.conf.new"
  keep "$folder/renew.conf"
  certify
}

renew() {
  [ -e "$folder/renew.conf" ] || fail "$folder is not set up: bridge-certificate.sh set-up $folder --hub URL --node ID"
  if [ "${1:-}" != --now ] && openssl x509 -in "$folder/node.pem" -noout -checkend $((renewed_within_days * 86400)) >/dev/null 2>&1; then
    return
  fi
  certify
}

timer() {
  local units=/etc/systemd/system
  if [ "${1:-}" = --units ]; then units="${2:?}"; fi
  cat >"$units/heatloop-bridge.service" <<END
[Unit]
Description=Renews the certificate with which Mosquitto signs in at the hub
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart="$self" renew "$folder"
END
  cat >"$units/heatloop-bridge.timer" <<'END'
[Unit]
Description=Looks each day whether the certificate of the hub's bridge is to be renewed

[Timer]
OnCalendar=daily
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
END
  printf 'systemctl daemon-reload && systemctl enable --now heatloop-bridge.timer\n'
}

if [ $# -lt 2 ]; then
  usage
  case "${1:-}" in -h | --help) exit 0 ;; *) exit 2 ;; esac
fi
command="$1"
folder="$(realpath -m "$2")"
self="$(realpath "$0")"
shift 2
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
case "$folder$self" in *[[:space:]\"\\%\$]*) fail "No blank, quote, % or \$ may be in the paths $folder and $self." ;; esac
case "$command" in
  key)
    make_key
    public_key
    echo
    ;;
  set-up) set_up "$@" ;;
  renew) renew "$@" ;;
  timer) timer "$@" ;;
  cron) printf '%s %s * * * root %s renew %s\n' "$((RANDOM % 60))" "$((RANDOM % 5 + 1))" "$self" "$folder" ;;
  *)
    usage
    exit 2
    ;;
esac
