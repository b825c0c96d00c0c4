#!/bin/bash
# As the entry point of PostgreSQL's image: makes a server where there is none yet, with what is in /docker-entrypoint-initdb.d, and
# goes on as the words that it is given.
set -euo pipefail
data=/var/lib/postgresql/data
if [ ! -e "$data/PG_VERSION" ]; then
  read -ra words <<<"$POSTGRES_INITDB_ARGS"
  initdb --pgdata "$data" --username postgres --pwfile <(cat "$POSTGRES_PASSWORD_FILE") --auth-local trust "${words[@]}" >/dev/null
  echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
  pg_ctl --pgdata "$data" --wait --silent --options "-c listen_addresses=''" start >/dev/null
  for script in /docker-entrypoint-initdb.d/*.sh; do "$script"; done
  pg_ctl --pgdata "$data" --wait --silent --mode fast stop >/dev/null
fi
export PGDATA="$data"
exec "$@" -c listen_addresses='*'
