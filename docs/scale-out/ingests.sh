#!/usr/bin/env bash
# Splits the 64 shards among N ingests on this machine: docs/scale-out/ingests.sh 4 --broker mqtts://… --db postgresql://… --dir DIR …
# Ends them all when one ends or when it is told to stop.
set -euo pipefail
count=${1:?how many ingests? (1, 2, 4 … 64)}
shift
case $count in 1 | 2 | 4 | 8 | 16 | 32 | 64) ;; *) echo "expected 1, 2, 4 … 64, found $count" >&2; exit 2 ;; esac
size=$((64 / count))
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
for ((n = 0; n < count; n++)); do
  "$(dirname "$0")/../../scripts/thuengban" hub ingest --shards "$((n * size))-$(((n + 1) * size - 1))" "$@" &
done
wait -n
