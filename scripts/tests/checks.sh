# shellcheck shell=bash
# How a script of tests says what holds: a line a test in the file RESULTS, and more on the terminal. Needs WORK and RESULTS.

# shellcheck disable=SC2034 # the script ends with it
FAILED=no

# check NAME FUNCTION: runs it in a shell of its own, and shows what it said if it failed.
check() {
  local name=$1 function=$2 code
  # Behind `||` or `if` bash would pass over every failure in the function but the last.
  set +e
  (set -e; "$function") >"$WORK/output" 2>&1
  code=$?
  set -e
  if ((code == 0)); then
    echo "pass $name" >>"$RESULTS"
    echo "  ok      $name"
  else
    echo "fail $name" >>"$RESULTS"
    echo "  FAILED  $name (exit code $code)"
    sed 's/^/          /' "$WORK/output"
    # shellcheck disable=SC2034 # the script ends with it
    FAILED=yes
  fi
}

# skip NAME WHY
skip() {
  echo "skip $1: $2" >>"$RESULTS"
  echo "  skipped $1: $2"
}

expect() {
  "$@" || { echo "does not hold: $*"; return 1; }
}
