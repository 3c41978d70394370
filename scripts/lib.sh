# Shared by setup, start, test and test-vm: sourced, never run.
# shellcheck shell=bash

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
node="$home/node_modules/node/bin/node"

say() { printf '%s\n' "$*" >&2; }

# step NAME COMMAND…: runs it, tells how long it took; on failure shows what it said.
step() {
  local name=$1 log seconds=$SECONDS
  shift
  log=$(mktemp)
  printf '  %-46s' "$name …" >&2
  if "$@" >"$log" 2>&1; then
    printf ' done, %d s\n' $((SECONDS - seconds)) >&2
    grep '^!' "$log" | sed 's/^!/   /' >&2 || true
    rm -f "$log"
  else
    printf ' FAILED after %d s\n' $((SECONDS - seconds)) >&2
    tail -n 40 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# Is every one of these Debian packages installed?
has_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = 'ii ' ] || return 1
  done
}

# install_packages PACKAGE…: as root, without recommends.
install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  # Services are not ours to start: the station starts what it needs, on loopback.
  local policy=/usr/sbin/policy-rc.d made=no
  if [ ! -e "$policy" ] && [ ! -d /run/systemd/system ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=yes
  fi
  local status=0
  apt-get update -q && apt-get install -yq --no-install-recommends "$@" || status=$?
  if [ "$made" = yes ]; then rm -f "$policy"; fi
  return "$status"
}

# stamped FILE KEY: is the stamp's content this key?
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
