#!/usr/bin/env bash
# Tests scripts/lab as its users meet it: up, run, down, two at once, killed in the middle, without rights.
# Writes a line a test to the file RESULTS: "pass NAME", "fail NAME" or "skip NAME: WHY". Run by scripts/test.
set -euo pipefail
ROOT=$(readlink -f "$(dirname "$(readlink -f "$0")")/../..")
RESULTS=${RESULTS:-/dev/stdout}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
export XDG_RUNTIME_DIR=$WORK/run
mkdir -m 700 "$XDG_RUNTIME_DIR"

# Small files, so that each lab is up in a moment; the demo shows the large ones.
SERVED=$WORK/served
mkdir "$SERVED"
printf 'first' >"$SERVED/first.txt"
head -c 300000 /dev/urandom >"$SERVED/second file.bin"
chmod -R a+rX "$WORK" "$SERVED"

lab() {
  bash "$TREE/scripts/lab" "$@" </dev/null
}

# shellcheck source=checks.sh
. "$ROOT/scripts/tests/checks.sh"

# Ours: processes with the scratch folder in their words, state folders, namespaces that have a name.
nothing_is_left() {
  local left
  left=$(pgrep -f "$WORK/[s]erved" || true)
  expect test -z "$left"
  expect test -z "$(find "$XDG_RUNTIME_DIR" -mindepth 1 -type d -name 'lab*' -o -mindepth 1 -type d -name 'two*')"
  expect test "$(ip -brief address)" = "$ADDRESSES_BEFORE"
  expect test "$(ip route)" = "$ROUTES_BEFORE"
}

# The process that the lab has noted under a fact's name.
process_of() {
  cut -d' ' -f1 "$XDG_RUNTIME_DIR/wirelab-$(id -u)/lab/$1"
}

the_client_gets_all_files() {
  local into=$WORK/downloads.$RANDOM
  mkdir "$into"
  lab "$@" run --all --output "$into"
  expect cmp "$SERVED/first.txt" "$into/first.txt"
  expect cmp "$SERVED/second file.bin" "$into/second file.bin"
}

up_run_down() {
  lab up --root "$SERVED"
  lab status
  lab status --json | expect grep dns-server
  the_client_gets_all_files
  lab shell dig +short @127.0.0.1 example.com | expect grep -x 127.0.0.10
  lab shell curl -sf http://127.0.0.1/first.txt | expect grep -x first
  lab run dns example.com | expect grep 127.0.0.10
  lab run list --long | expect grep -E '^1 +5 +[0-9-]+T[0-9:]+Z +first.txt$'
  lab logs | expect grep serving
  lab down
  nothing_is_left
}

a_students_lab_is_the_students_own() {
  local own=$WORK/own code=0
  mkdir "$own"
  lab up --student Anna
  lab run dhcp | expect grep -q '10\.20\.30\.58'
  lab shell dig +short @127.0.0.1 anna.example | expect grep -x 127.0.0.10
  lab run list | expect grep -q '21MB.zip'
  lab run task2.pdf --output "$own" -v 2>"$WORK/said" >/dev/null
  expect grep -q 'SIGNEW.*anna' "$WORK/said"
  expect test "$(wc -c <"$own/task2.pdf")" = 42040
  lab up --student otto 2>"$WORK/said" || code=$?
  expect test "$code" = 1
  expect grep -q "is not otto's" "$WORK/said"
  lab down
  nothing_is_left
  code=0
  lab up --student 'no one' 2>"$WORK/said" || code=$?
  expect test "$code" = 2
  expect grep -q "no student's id" "$WORK/said"
}

two_side_by_side() {
  lab --name two-a up --root "$SERVED"
  lab --name two-b up --root "$SERVED"
  the_client_gets_all_files --name two-a
  the_client_gets_all_files --name two-b
  lab --name two-a down
  the_client_gets_all_files --name two-b
  lab --name two-b down
  nothing_is_left
}

a_killed_holder_is_swept_up() {
  lab up --root "$SERVED"
  kill -KILL "$(process_of holder)"
  lab status || true
  lab up --root "$SERVED"
  the_client_gets_all_files
  kill -KILL "$(process_of holder)"
  lab up --root "$SERVED"
  lab down
  nothing_is_left
}

a_killed_daemon_is_started_again_by_up() {
  lab up --root "$SERVED"
  kill -KILL "$(process_of dns-server/pid)"
  lab up --root "$SERVED"
  the_client_gets_all_files
  lab down
  nothing_is_left
}

a_bad_network_is_the_proxys() {
  lab up --root "$SERVED" --impair-rule 'drop 1st SIGNGET' --impair seed=7
  lab run list | expect grep first.txt
  lab logs rudp-proxy | expect grep 'SIGNGET'
  expect lab run stat --json >"$WORK/stat"
  kill -KILL "$(process_of rudp-proxy/pid)"
  lab up --root "$SERVED"
  lab run list | expect grep first.txt
  expect test "$(grep -c 'impair' "$XDG_RUNTIME_DIR/wirelab-$(id -u)/lab/rudp-proxy/log")" -ge 2
  lab down
  nothing_is_left
}

the_proxy_traces_its_connections() {
  (cd "$WORK" && lab up --root "$SERVED" --qlog traces)
  expect lab run get first.txt --via rudp --output "$WORK"
  lab down
  lab_client_plots "$WORK"/traces/*.sqlog
  nothing_is_left
}

lab_client_plots() {
  expect "$ROOT/scripts/client" plot "$@" -o "$WORK/sender.svg"
  expect grep -q '</svg>' "$WORK/sender.svg"
}

a_stopped_daemon_does_not_hold_up_down() {
  lab up --root "$SERVED"
  kill -STOP "$(process_of rudp-proxy/pid)"
  lab down
  nothing_is_left
}

portable() {
  local code=0
  lab --profile portable up --root "$SERVED"
  the_client_gets_all_files
  lab run compare first.txt --impair loss=1% || code=$?
  expect test "$code" = 77
  lab down
  nothing_is_left
}

# The programs and scripts in a folder that an ordinary user may read, run by that user.
as_an_ordinary_user() {
  local tree=$WORK/tree module
  mkdir -p "$tree/core/src/main" "$WORK/nobody"
  cp -r "$ROOT/scripts" "$ROOT/pom.xml" "$tree/"
  cp "$ROOT/core/pom.xml" "$tree/core/"
  for module in dhcp-server dns-server rudp-proxy scrap-server http-server client; do
    mkdir -p "$tree/$module/target" "$tree/$module/src/main"
    cp "$ROOT/$module/pom.xml" "$tree/$module/"
    cp "$ROOT/$module/target/$module.jar" "$tree/$module/target/" # last, or the lab would want to build it
  done
  chown -R 65534:65534 "$tree" "$WORK/nobody"
  chmod 755 "$WORK"
  # shellcheck disable=SC2016 # that user's shell expands it
  setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$WORK/nobody" XDG_RUNTIME_DIR="$WORK/nobody" \
    TMPDIR="$WORK/nobody" bash -euo pipefail -c '
      cd "$HOME"
      "$1/scripts/lab" up --root "$2"
      "$1/scripts/lab" run --all --output "$HOME"
      cmp "$2/first.txt" first.txt
      "$1/scripts/lab" down' - "$tree" "$SERVED" </dev/null
  nothing_is_left
}

bad_words_are_usage_errors() {
  local code=0
  lab --nonsense up || code=$?
  expect test "$code" = 2
  code=0
  lab up --root /nonexistent || code=$?
  expect test "$code" = 2
  code=0
  lab up --impair || code=$?
  expect test "$code" = 2
  code=0
  lab up --root "$SERVED" --impair loss=many || code=$?
  expect test "$code" = 1
  code=0
  lab run dns || code=$?
  expect test "$code" = 1
}

TREE=$ROOT
ADDRESSES_BEFORE=$(ip -brief address)
ROUTES_BEFORE=$(ip route)
# What scripts/bench makes of the client's document: the median of each way, and a line or a member for each figure.
figures_come_from_the_document() {
  local document='{"runs": [
    {
      "way": "HTTP over TCP, cubic",
      "bitsPerSecond": 2000000,
      "tries": [
        {
          "bitsPerSecond": 1
        }
      ]
    },
    {
      "way": "RUDP",
      "bitsPerSecond": 89160000
    }
  ]}'
  LIB=$TREE/scripts/lib
  for piece in say bench bench-rudp; do
    # shellcheck source=/dev/null
    . "$LIB/$piece.sh"
  done
  expect test "$(rudp_rates "$document")" = $'HTTP over TCP, cubic\t2.00\nRUDP\t89.16'
  # shellcheck disable=SC2034 # bench.sh uses it
  BENCH=rudp
  expect test "$(figure mbit 89.16 2.00)" = 'rudp mbit 89.16 2.00 44.58'
  expect test "$(figure mbit 89.16 0)" = 'rudp mbit 89.16 0 -'
  # shellcheck disable=SC2034
  JSON=yes
  figure mbit 89.16 2.00
  figure mbit 89.16 0
  expect test "$(print_document | grep -c '"ratio": 44.58},$\|"ratio": null}$')" = 2
}

the_bench_says_what_there_is() {
  local code=0
  bash "$TREE/scripts/bench" nosuch 2>"$WORK/said" || code=$?
  expect test "$code" = 2
  expect grep -q 'choose one of .*rudp' "$WORK/said"
  bash "$TREE/scripts/bench" --help >"$WORK/said"
  expect grep -q '^  rudp  ' "$WORK/said"
}

check "up, run, down" up_run_down
check "a student's lab is the student's own" a_students_lab_is_the_students_own
check "two labs side by side" two_side_by_side
check "a killed holder is swept up by the next command" a_killed_holder_is_swept_up
check "a killed daemon is started again by up" a_killed_daemon_is_started_again_by_up
check "a bad network is the proxy's" a_bad_network_is_the_proxys
check "the proxy traces its connections" the_proxy_traces_its_connections
check "a stopped daemon does not hold up down" a_stopped_daemon_does_not_hold_up_down
check "portable" portable
if (($(id -u) == 0)) && ! setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Urn true 2>/dev/null; then
  skip "as an ordinary user" "user namespaces are not allowed here"
elif (($(id -u) == 0)); then
  check "as an ordinary user" as_an_ordinary_user
fi
check "figures come from the client's document" figures_come_from_the_document
check "the bench says what there is" the_bench_says_what_there_is
check "bad words are usage errors" bad_words_are_usage_errors
[[ $FAILED == no ]]
