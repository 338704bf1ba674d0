# shellcheck shell=bash disable=SC2034
# Words for the user: plain messages, errors with an exit code, and colour where a person looks.

SCRIPT_NAME=${SCRIPT_NAME:-$(basename "$0")}

# Exit codes, as in the programs: 1 a check failed, 2 usage, 69 something is missing, 77 no permission.
readonly FAILED=1 USAGE=2 UNAVAILABLE=69 NO_PERMISSION=77

note() {
  printf '%s: %s\n' "$SCRIPT_NAME" "$*" >&2
}

# Ends the script: fail CODE MESSAGE...
fail() {
  local code=$1
  shift
  note "$@"
  exit "$code"
}

bad_usage() {
  note "$*"
  printf "Try '%s --help'.\n" "$SCRIPT_NAME" >&2
  exit "$USAGE"
}

# Sets BOLD, DIM, GREEN, RED and PLAIN; they are empty unless stdout is a terminal that shows colour.
choose_colours() {
  BOLD='' DIM='' GREEN='' RED='' PLAIN=''
  [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]] || return 0
  BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' PLAIN=$'\e[0m'
}
choose_colours

now_ms() {
  local micros=${EPOCHREALTIME/[.,]/}
  printf '%s\n' "$((micros / 1000))"
}

# 1234 -> 1.23, for a number of milliseconds.
as_seconds() {
  printf '%d.%02d\n' "$(($1 / 1000))" "$(($1 % 1000 / 10))"
}

# 52428800 -> 52,428,800
with_commas() {
  local digits=$1 grouped=''
  while ((${#digits} > 3)); do
    grouped=,${digits: -3}$grouped
    digits=${digits:0:${#digits}-3}
  done
  printf '%s\n' "$digits$grouped"
}

# 1300000000 -> 1.3 GB
as_size() {
  local bytes=$1
  if ((bytes >= 1000000000)); then
    printf '%d.%d GB\n' "$((bytes / 1000000000))" "$((bytes / 100000000 % 10))"
  else
    printf '%d MB\n' "$(((bytes + 999999) / 1000000))"
  fi
}
