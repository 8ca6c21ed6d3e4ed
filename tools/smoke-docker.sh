#!/bin/sh
# Builds the image, starts it alone and with a Chroma server, and checks what only Docker can show. Needs Docker with
# Compose, curl, and port 8089 (PORT) of this machine. Leaves nothing behind but the images.
set -eu
cd "$(dirname "$0")/.."
PORT=${PORT:-8089}
CHROMA_ACCESS_TOKEN=smoke-$$
export PORT CHROMA_ACCESS_TOKEN
site=http://127.0.0.1:$PORT
api=$site/chroma/api/v2

compose() {
  docker compose --project-name belfry-smoke "$@"
}

end() {
  code=$?
  [ "$code" -eq 0 ] || compose --profile chroma logs --tail 50 || true
  compose --profile chroma down --volumes --timeout 10 >/dev/null 2>&1 || true
  [ "$code" -eq 0 ] && echo 'All is well.' || echo 'Not well: see above.' >&2
}
trap end EXIT

check() {
  echo "· $1"
  shift
  "$@" || { echo "  failed: $*" >&2; exit 1; }
}

has_header() {
  curl --fail --silent --show-error --output /dev/null --dump-header - "$site/$2" | grep --ignore-case --quiet "^$1"
}

answers() {
  [ "$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "$2")" = "$1" ]
}

says() {
  curl --silent --max-time 30 --header "X-Chroma-Token: $CHROMA_ACCESS_TOKEN" "$2" | grep --quiet "$1"
}

is_partial() {
  [ "$(curl --fail --silent --range 0-9 "$site/$1" | wc -c)" -eq 10 ]
}

with_token() {
  curl --fail --silent --show-error --max-time 30 --header "X-Chroma-Token: $CHROMA_ACCESS_TOKEN" \
    --header 'Content-Type: application/json' "$@"
}

inside() {
  compose exec -T "$@"
}

is_not_root() {
  [ "$(inside "$1" id -u)" != 0 ]
}

is_healthy() {
  compose ps "$1" | grep --quiet '(healthy)'
}

cannot_reset() {
  ! with_token --output /dev/null --request POST "$api/reset" 2>/dev/null
}

# Compose says ":0", or nothing, of a port that is not published.
has_no_port() {
  case $(compose port "$1" "$2" 2>/dev/null || true) in
    '' | *:0) ;;
    *) return 1 ;;
  esac
}

cannot_write() {
  ! inside "$1" sh -c "touch $2/smoke" 2>/dev/null
}

has_no_rights() {
  inside "$1" sh -c "grep -q '^CapEff:[[:space:]]*0*\$' /proc/self/status && grep -q '^NoNewPrivs:[[:space:]]*1' /proc/self/status"
}

stops_within() {
  began=$(date +%s)
  compose stop "$2" >/dev/null 2>&1
  [ $(($(date +%s) - began)) -le "$1" ]
}

echo 'The page alone'
compose up --build --detach --wait --wait-timeout 300
check 'the page answers' answers 200 "$site/"
check 'the page is isolated' has_header 'cross-origin-embedder-policy: require-corp' ''
check 'the page has its policy' has_header "content-security-policy: default-src 'self'" ''
check 'the model answers, and is asked about' has_header 'cache-control: no-cache' models/belfry-two-tower/manifest.json
check 'the model is sent in parts' is_partial models/belfry-two-tower/table.bin
check 'there is no Chroma server, in words' says Unreachable "$api/heartbeat"
check 'not root' is_not_root belfry
check 'no rights' has_no_rights belfry
check 'a file system that is not written to' cannot_write belfry /usr/share/nginx/html
check 'Docker says that it is healthy' is_healthy belfry

echo 'With Chroma'
compose --profile chroma up --detach --wait --wait-timeout 300
check 'not without the token' answers 401 "$api/heartbeat"
check 'Chroma answers' with_token --output /dev/null "$api/heartbeat"
records=$api/tenants/default_tenant/databases/default_database/collections
check 'a collection is made' with_token --output /dev/null --data '{"name":"smoke"}' "$records"
check 'no reset' cannot_reset
check 'no port of its own' has_no_port chroma 8000
check 'no rights' has_no_rights chroma
check 'a file system that is not written to' cannot_write chroma /usr/local
check 'Chroma stops in time' stops_within 12 chroma
check 'the page goes on' answers 200 "$site/"
compose --profile chroma up --detach --wait --wait-timeout 120
check 'Chroma has kept the collection' with_token --output /dev/null "$records/smoke"
check 'the page stops in time' stops_within 5 belfry
