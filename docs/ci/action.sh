#!/usr/bin/env bash
# The shell parts of action.yml. Everything comes by environment variables, never by substitution into a script.
#   action.sh browser   installs a browser unless one is there
#   action.sh run       waits for a preview, runs, and keeps the exit code for later steps
#   action.sh comment   comments on the pull request where that is allowed; says so in the job summary where it is not
#   action.sh end       ends with the exit code of the run
set -euo pipefail

summary="${GITHUB_STEP_SUMMARY:-/dev/null}"
state="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/intentwright-exit-code"
intentwright=(npx --no-install intentwright)
if [ -n "${INTENTWRIGHT_COMMAND:-}" ]; then IFS=' ' read -ra intentwright <<< "$INTENTWRIGHT_COMMAND"; fi

outside() { [ "${IW_FORK:-false}" = true ]; }

browser() {
  for name in chromium-headless-shell chromium google-chrome google-chrome-stable microsoft-edge; do
    if command -v "$name" > /dev/null; then return 0; fi
  done
  npx --no-install playwright install --with-deps --only-shell chromium
}

run() {
  local arguments=(run --report "${IW_REPORT:-intentwright-report}" --reports github)
  if [ -n "${IW_MODE:-}" ]; then arguments+=(--mode "$IW_MODE"); fi
  if [ -n "${IW_TARGET:-}" ]; then arguments+=(--target "$IW_TARGET"); fi
  if [ -n "${IW_SHARD:-}" ]; then arguments+=(--shard "$IW_SHARD"); fi
  if [ -n "${IW_BASE:-}" ]; then arguments+=(--changed --base "$IW_BASE"); fi
  # What somebody from outside wrote gets no model, even where a key would be there.
  if outside; then arguments+=(--agents replay,relocate,builtin); fi
  while IFS= read -r argument; do
    if [ -n "$argument" ]; then arguments+=("$argument"); fi
  done <<< "${IW_ARGS:-}"

  local code=0
  if [ -n "${IW_WAIT_FOR:-}" ]; then
    "${intentwright[@]}" wait "$IW_WAIT_FOR" --for "${IW_WAIT:-5m}" || code=$?
  fi
  if [ "$code" = 0 ]; then "${intentwright[@]}" "${arguments[@]}" || code=$?; fi
  echo "$code" > "$state"
  echo "exit-code=$code" >> "${GITHUB_OUTPUT:-/dev/null}"
}

comment() {
  local text="${IW_REPORT:-intentwright-report}/github-comment.md"
  if [ -z "${IW_PULL_REQUEST:-}" ] || [ ! -s "$text" ]; then return 0; fi
  if outside; then
    echo "No comment on a pull request from a fork: its token may only read. The report is above, and among the artifacts." >> "$summary"
    return 0
  fi
  if ! gh pr comment "$IW_PULL_REQUEST" --edit-last --create-if-none --body-file "$text"; then
    echo "The comment could not be written; it needs the permission pull-requests: write." >> "$summary"
  fi
}

end() { exit "$(cat "$state" 2> /dev/null || echo 3)"; }

"$1"
