#!/bin/sh
# Runs Mosquitto with what the hubs ($HUBS, such as "hub-1:8100 hub-2:8100") know of the nodes' certificates: whose they are, and which
# are revoked. Which hub revoked one does not matter, and any of them tells it.
set -eu
nodes=/mosquitto/data
each_s=3

# fetch FILE: from the first hub that answers. False where it is as it was, or none answers.
fetch() {
  for hub in $HUBS; do
    wget -q -T 2 -O "$nodes/$1.new" "http://$hub/api/v1/broker/$1" 2>/dev/null || continue
    grep -q -- '^-----END' "$nodes/$1.new" || continue
    if cmp -s "$nodes/$1.new" "$nodes/$1"; then return 1; fi
    mv "$nodes/$1.new" "$nodes/$1"
    return 0
  done
  return 1
}

# With those of the last time it starts without any hub.
until fetch node-ca.pem || [ -s "$nodes/node-ca.pem" ]; do sleep 1; done
until fetch node-crl.pem || [ -s "$nodes/node-crl.pem" ]; do sleep 1; done
mosquitto -c /mosquitto/config/mosquitto.conf &
broker=$!
trap 'kill -TERM "$broker" 2>/dev/null || true' TERM INT
while kill -0 "$broker" 2>/dev/null; do
  sleep "$each_s" &
  wait $! || true
  if fetch node-crl.pem; then kill -HUP "$broker" 2>/dev/null || true; fi
done
wait "$broker"
