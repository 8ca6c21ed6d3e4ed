#!/bin/sh
# Starts nginx on a copy of the files beside this one, with chroma-settings.conf made from the environment
# (docs/deployment.md lists it). Ends with a sentence where a value cannot be right. Words are passed on to nginx.
#
# Values end up inside nginx's configuration, so each is held to letters that mean nothing there before it is used.
set -eu
export LC_ALL=C
umask 077
here=$(cd "$(dirname "$0")" && pwd)
# The one folder that is written to, and nginx's prefix.
run=${BELFRY_RUN:-/tmp}

fail() {
  echo "Belfry does not start: $1" >&2
  exit 1
}

# The secret $1, from the file that $1_FILE names if it is not there itself.
secret() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  if [ -n "$file" ]; then
    [ -z "$value" ] || fail "both $1 and $1_FILE are set; one of them must go."
    value=$(cat "$file") || fail "$1_FILE names $file, which cannot be read."
    [ -n "$value" ] || fail "$1_FILE names $file, which is empty."
  fi
  case $value in
    *[!A-Za-z0-9._~+/=-]*) fail "$1 must be of letters, digits and . _ ~ + / = - only." ;;
  esac
  printf %s "$value"
}

# The address of the name $1 in /etc/hosts, which nginx does not read; nothing if it has none there.
address_in_hosts() {
  awk -v name="$1" '{ sub(/#.*/, "") } { for (i = 2; i <= NF; i++) if ($i == name) { print $1; exit } }' /etc/hosts
}

in_brackets() {
  case $1 in
    *:*) echo "[$1]" ;;
    *) echo "$1" ;;
  esac
}

# The system's name servers as nginx writes them. An address with a zone is of no use to it.
name_servers() {
  awk '$1 == "nameserver" && $2 !~ /%/ { print ($2 ~ /:/) ? "[" $2 "]" : $2 }' /etc/resolv.conf
}

settings() {
  url=${CHROMA_URL%/}
  case $url in
    *[!]A-Za-z0-9.:/_~[-]*) fail "CHROMA_URL must look like http://chroma:8000, without a name or password in it." ;;
  esac
  echo "$url" | grep -Eq '^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$' ||
    fail "CHROMA_URL must look like http://chroma:8000 or https://example.org/chroma, and is \"$url\"."

  scheme=${url%%://*}
  rest=${url#*://}
  host=${rest%%/*}
  path=${rest#"$host"}
  name=$(echo "$host" | sed -E 's/:[0-9]+$//')
  port=${host#"$name"}

  found=$(address_in_hosts "$name")
  echo "set \$chroma_origin \"$scheme://$(in_brackets "${found:-$name}")$port\";"
  echo "set \$chroma_host \"$host\";"
  echo "set \$chroma_path \"$path\";"
  servers=${CHROMA_RESOLVER:-$(name_servers | tr '\n' ' ')}
  case $servers in
    *[!]A-Fa-f0-9.:\ [-]*) fail "CHROMA_RESOLVER must be the addresses of name servers, like 127.0.0.11." ;;
    *[0-9]*) echo "resolver $servers valid=10s; resolver_timeout 5s;" ;;
  esac
  [ "$scheme" = http ] || tls "$name"
  limits
  tokens
}

# The name in the certificate is held to that of CHROMA_URL.
tls() {
  trusted=${CHROMA_CA_FILE:-/etc/ssl/certs/ca-certificates.crt}
  case $trusted in
    *[!A-Za-z0-9._/-]*) fail "CHROMA_CA_FILE must be a path of letters, digits and . _ / - only." ;;
  esac
  [ -r "$trusted" ] || fail "the certificates to trust in $trusted (CHROMA_CA_FILE) cannot be read."
  echo "proxy_ssl_server_name on; proxy_ssl_name \"$1\"; proxy_ssl_verify on; proxy_ssl_verify_depth 4;"
  echo "proxy_ssl_trusted_certificate \"$trusted\";"
}

limits() {
  seconds=${CHROMA_TIMEOUT:-120}
  case $seconds in
    0* | *[!0-9]* | ?????*) fail "CHROMA_TIMEOUT must be seconds from 1 to 9999, and is \"$seconds\"." ;;
  esac
  echo "proxy_read_timeout ${seconds}s; proxy_send_timeout ${seconds}s;"
}

# Who may use Chroma, and what is said to it. A token for the browser never goes on to Chroma, and Chroma's never comes back.
tokens() {
  theirs=$(secret CHROMA_TOKEN)
  asked=$(secret CHROMA_ACCESS_TOKEN)
  header=${CHROMA_TOKEN_HEADER:-x-chroma-token}
  if [ -n "$theirs" ]; then
    case $header in
      x-chroma-token) sent "$theirs" "" ;;
      authorization) sent "" "Bearer $theirs" ;;
      *) fail "CHROMA_TOKEN_HEADER must be x-chroma-token or authorization, and is \"$header\"." ;;
    esac
  elif [ -n "$asked" ]; then
    sent "" ""
  else
    sent '$http_x_chroma_token' '$http_authorization'
  fi
  if [ -n "$asked" ]; then access "$asked"; else echo 'set $chroma_allowed 1;'; fi
}

sent() {
  echo "set \$chroma_token \"$1\";"
  echo "set \$chroma_authorization \"$2\";"
}

# "=" heeds case, as a map of strings would not.
access() {
  basic=$(printf 'belfry:%s' "$1" | base64 | tr -d '\n')
  echo 'set $chroma_allowed "";'
  echo "if (\$http_x_chroma_token = \"$1\") { set \$chroma_allowed 1; }"
  echo "if (\$http_authorization = \"Bearer $1\") { set \$chroma_allowed 1; }"
  echo "if (\$http_authorization = \"Basic $basic\") { set \$chroma_allowed 1; }"
}

# Origins that the page may speak with beside its own.
connect_to() {
  origins=
  for origin in $CONNECT_TO; do
    echo "$origin" | grep -Eq '^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$' ||
      fail "CONNECT_TO must be origins like https://chroma.example.org with blanks between, and has \"$origin\"."
    origins="$origins $origin"
  done
  echo "map \"\" \$connect_to { default \"$origins\"; }"
}

rm -rf "$run/conf"
mkdir -p "$run/conf"
cp "$here"/*.conf "$run/conf"
if [ -n "${CHROMA_URL:-}" ]; then
  settings >"$run/settings.conf"
  mv "$run/settings.conf" "$run/conf/chroma-settings.conf"
fi
if [ -n "${CONNECT_TO:-}" ]; then
  connect_to >"$run/connect-to.conf"
  mv "$run/connect-to.conf" "$run/conf/connect-to.conf"
fi
exec "${NGINX_PROGRAM:-nginx}" -p "$run" -c "$run/conf/nginx.conf" -e stderr -g 'daemon off;' "$@"
