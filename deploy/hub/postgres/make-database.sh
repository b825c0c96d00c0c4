#!/bin/sh
# Run once by PostgreSQL's image, in a server that is empty: the hub's database, and its owner, who may make roles and is no superuser.
set -eu
psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres <<'END'
\set password `cat /run/heatloop/database-password`
create role heatloop login createrole password :'password';
create database heatloop owner heatloop;
END
