#!/bin/bash
# Makes the database and its three logins, once, when the server's volume is empty. What each may do: docs/adr/0014.
# Run by the postgres image; also by hand, with psql's own PG* variables and a superuser.
set -euo pipefail

: "${DATABASE_OWNER_PASSWORD:?is not set}"
: "${DATABASE_APP_PASSWORD:?is not set}"
: "${DATABASE_RELAY_PASSWORD:?is not set}"

# Passwords come from the environment into psql, and never stand in a command line.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_APP_PASSWORD
\getenv relay_password DATABASE_RELAY_PASSWORD

create role airt_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner_password';
create role airt_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'app_password';
create role airt_relay login nosuperuser nocreatedb nocreaterole nobypassrls password :'relay_password';

create database airt owner airt_owner;
revoke all on database airt from public;
-- Temporary tables hold the rows of an import until they are whole.
grant connect, temporary on database airt to airt_app, airt_relay;
SQL
