#!/usr/bin/env bash
# Any CI that runs a shell. The exit code is the run's: 0 passed, 1 not passed, 2 wrong files, 3 a fault.
#   PREVIEW_URL   wait for it first      BASE    run only what changed since this ref
#   RUN_MODE      pr, nightly, canary    SHARD   1/4
set -euo pipefail
export CI=true

intentwright=(npx --no-install intentwright)
if [ -n "${INTENTWRIGHT_COMMAND:-}" ]; then IFS=' ' read -ra intentwright <<< "$INTENTWRIGHT_COMMAND"; fi

arguments=(run --mode "${RUN_MODE:-pr}" --report intentwright-report)
if [ -n "${BASE:-}" ]; then arguments+=(--changed --base "$BASE"); fi
if [ -n "${SHARD:-}" ]; then arguments+=(--shard "$SHARD"); fi
if [ -n "${PREVIEW_URL:-}" ]; then "${intentwright[@]}" wait "$PREVIEW_URL" --for "${WAIT:-5m}"; fi
exec "${intentwright[@]}" "${arguments[@]}" "$@"
