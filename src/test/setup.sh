#!/usr/bin/env bash
# Installs the foreign programs that the tests talk to, where they are missing and this may be done: Debian or Ubuntu,
# as root. Otherwise it says what is missing and the tests that need it leave themselves out, loudly.
set -u

missing=()
need() { # need PROGRAM PACKAGE...
  command -v "$1" >/dev/null 2>&1 || missing+=("${@:2}")
}
need chromium chromium
need chromedriver chromium-driver
need firefox-esr firefox-esr
need turnutils_stunclient coturn
need ip iproute2
need nft nftables
need certutil libnss3-tools
need postgres postgresql
need openssl openssl
need gcc gcc libc6-dev
need node nodejs
need npm npm
[ -e /usr/include/openssl/evp.h ] || missing+=(libssl-dev)
[ -x /usr/local/bin/postgres ] || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
# Debian keeps the server's programs off the PATH; finding them there is enough.
if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
  kept=()
  for package in "${missing[@]}"; do [ "$package" = postgresql ] || kept+=("$package"); done
  missing=("${kept[@]+"${kept[@]}"}")
fi

# Foreign SDKs, as node/package.json and its lock name them: fetched where they are not those yet. A build without
# network goes on with what is there.
sdks() {
  local node
  node=$(cd "$(dirname "$0")/node" && pwd) || return
  command -v npm >/dev/null 2>&1 || return
  cmp -s "$node/package-lock.json" "$node/node_modules/.fetched" && return
  if npm ci --prefix "$node" --no-audit --no-fund --ignore-scripts --loglevel=error; then
    cp "$node/package-lock.json" "$node/node_modules/.fetched"
  else
    echo "COULD NOT FETCH: the SDKs of src/test/node" >&2
  fi
}
trap sdks EXIT

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "NOT INSTALLED, and this is not a Debian machine with root: ${missing[*]}" >&2
  exit 0
fi

echo "Installing what the tests need: ${missing[*]}"
# No package may start a service of its own: the tests start what they need, on loopback.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy"
  trap 'rm -f "$policy"; sdks' EXIT
fi
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >"$log" 2>&1
if ! apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "COULD NOT INSTALL: ${missing[*]}" >&2
fi
rm -f "$log"
exit 0
