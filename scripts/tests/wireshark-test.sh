#!/usr/bin/env bash
# Tests the dissectors of docs/wireshark: over the captures of docs/captures, which have to be shown as they always were;
# over captures with broken octets, by the thousand; without Wireshark, on Lua 5.2 and 5.4; and on a lab that runs.
# Writes a line a test to the file RESULTS: "pass NAME", "fail NAME" or "skip NAME: WHY". Run by scripts/test.
# With --update it writes what the captures are shown as, instead.
set -euo pipefail
ROOT=$(readlink -f "$(dirname "$(readlink -f "$0")")/../..")
RESULTS=${RESULTS:-/dev/stdout}
DISSECTORS=$ROOT/docs/wireshark
CAPTURES=$ROOT/docs/captures
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# Settings of who runs this have no say.
export HOME=$WORK XDG_CONFIG_HOME=$WORK/config

# shellcheck source=checks.sh
. "$ROOT/scripts/tests/checks.sh"

# tshark with the dissectors; two passes, so that a request is told its reply.
shark() {
  tshark -n -2 -X "lua_script:$DISSECTORS/rudp.lua" -X "lua_script:$DISSECTORS/scrap.lua" "$@" 2>"$WORK/complaints"
  if grep -v '^Running as\|^$' "$WORK/complaints"; then return 1; fi
}

# What is shown of a capture, without times.
shown() {
  shark -r "$1" -Y 'rudp || scrap' -o 'gui.column.format:"No.","%m","Protocol","%p","Info","%i"' | sed 's/^ *//; s/time=[0-9.]*/time=T/'
  echo
  shark -r "$1" -q -z expert,note,'rudp || scrap' | awk '$3 == "WRUDP" || $3 == "SCRAP" || $3 == "_ws.lua"'
}

the_captures_are_shown_as_ever() {
  local capture
  for capture in "$CAPTURES"/*.pcapng; do
    shown "$capture" >"$WORK/shown"
    diff -u "${capture%.pcapng}.txt" "$WORK/shown"
  done
}

count() {
  local capture=$1
  shift
  shark -r "$capture" -Y "$@" | wc -l
}

requests_and_replies_find_each_other() {
  local first=$CAPTURES/first-run.pcapng
  expect test "$(count "$first" 'rudp.response_in')" = 4
  expect test "$(count "$first" 'rudp.response_to && rudp.time > 0')" = 4
  expect test "$(count "$first" 'rudp.rtt')" = 3
  expect test "$(count "$first" 'scrap.response_in || (scrap.response_to && scrap.time > 0)')" = 2
  expect test "$(count "$first" 'rudp.retransmission || rudp.duplicate || rudp.malformed || _ws.malformed || _ws.lua.error')" = 0
}

what_is_sent_again_is_marked() {
  local loss=$CAPTURES/loss.pcapng
  expect test "$(count "$loss" 'rudp.retransmission && rudp.retransmission_of')" = 2
  expect test "$(count "$loss" 'rudp.retransmission && rudp.type == "SIGNGET"')" = 1
  # A round trip is known only of what was sent once.
  expect test "$(count "$loss" 'rudp.rtt && rudp.type == "ECHOREPLY"')" = 0
  expect test "$(count "$loss" 'rudp.malformed || _ws.malformed || _ws.lua.error')" = 0
}

other_ports_are_recognised() {
  local first=$CAPTURES/first-run.pcapng
  expect test "$(shark -r "$first" -o wrudp.ports:1 -Y rudp | wc -l)" = "$(count "$first" rudp)"
}

others_keep_their_packets() {
  local first=$CAPTURES/first-run.pcapng
  expect test "$(count "$first" '(rudp || scrap) && !(udp.port == 49152 || tcp.port == 49153)')" = 0
  expect test "$(count "$first" dns)" = 2
  expect test "$(count "$first" dhcp)" = 4
}

every_field_is_in_the_table() {
  local name missing=''
  while IFS= read -r name; do
    grep -q "\`$name\`" "$DISSECTORS/README.md" || missing+=" $name"
  done < <(grep -hoE '(ProtoField\.[a-z0-9_]+|ProtoExpert\.new)\( *"(rudp|scrap)\.[a-z_.]+"' "$DISSECTORS"/*.lua | sed 's/.*"\(.*\)"/\1/')
  expect test -z "$missing"
}

# Octets are broken behind the headers; without a look at the CRC, so that the frames behind it are read.
broken_packets_break_nothing() {
  local capture seed errors packets=0 options
  for capture in "$CAPTURES"/*.pcapng; do
    for seed in {1..12}; do
      editcap -E "0.0$((seed % 4 + 1))" -o 44 --seed "$seed" "$capture" "$WORK/broken.pcapng" >/dev/null 2>&1
      ((seed % 3)) || { editcap -s $((60 + seed * 7)) "$WORK/broken.pcapng" "$WORK/cut.pcapng" && mv "$WORK/cut.pcapng" "$WORK/broken.pcapng"; }
      options=()
      ((seed % 2)) || options=(-o wrudp.check:FALSE)
      errors=$(shark "${options[@]}" -r "$WORK/broken.pcapng" -Y '_ws.lua.error || _ws.lua' -V)
      if [[ -n $errors ]]; then
        echo "$capture, seed $seed:"
        grep -i -B 5 -A 5 'lua' <<<"$errors" | head -n 40
        return 1
      fi
      packets=$((packets + $(capinfos -Mrc "$WORK/broken.pcapng" | sed -n 's/.*[^0-9]\([0-9][0-9]*\) *$/\1/p')))
    done
  done
  echo "$packets packets"
  expect test "$packets" -ge 1000
}

# The payloads of the captures, and the examples of docs/rudp.md, as hexadecimal lines.
payloads() {
  local capture
  for capture in "$CAPTURES"/*.pcapng; do
    shark -r "$capture" -Y 'rudp || scrap' -T fields -e udp.payload -e tcp.payload | tr -d ':\t'
  done
  sed -n 's/^[<>] \(.*\) | [0-9]*$/\1/p' "$ROOT/docs/rudp.md" "$ROOT/docs/scrap.md" | while IFS= read -r line; do
    printf '%b' "${line//%/%%}" | od -An -v -tx1 | tr -d ' \n'
    echo
  done
}

both_versions_of_lua_show_the_same() {
  local version
  payloads >"$WORK/payloads"
  for version in 5.2 5.4; do
    "lua$version" "$ROOT/scripts/tests/wireshark-mock.lua" "$DISSECTORS" "$WORK/payloads" 7 >"$WORK/lua$version"
  done
  expect test "$(wc -l <"$WORK/lua5.2")" -gt 10000
  expect cmp "$WORK/lua5.2" "$WORK/lua5.4"
}

lab() {
  bash "$ROOT/scripts/lab" --name shark "$@" </dev/null
}

# A lab of small files, whose state is in the scratch folder.
lab_up() {
  mkdir -p "$WORK/served"
  printf 'first' >"$WORK/served/first.txt"
  chmod -R a+rX "$WORK"
  lab up --root "$WORK/served"
}

installing_keeps_what_the_user_has_changed() {
  local profile=$XDG_CONFIG_HOME/wireshark/profiles/wirelab code=0
  lab wireshark
  expect test -f "$profile/colorfilters"
  # Installed, no option names the dissectors; and nothing in the profile is unknown to Wireshark.
  tshark -n -C wirelab -r "$CAPTURES/loss.pcapng" -Y rudp.retransmission >"$WORK/seen" 2>"$WORK/complaints"
  expect test "$(grep -c 'Retransmission' "$WORK/seen")" = 2
  expect test -z "$(grep -v '^Running as\|^$' "$WORK/complaints")"
  echo '# mine' >>"$profile/preferences"
  lab wireshark >"$WORK/said" || code=$?
  expect test "$code" = 1
  expect grep -q "^kept .*$profile/preferences" "$WORK/said"
  expect grep -q '^# mine' "$profile/preferences"
  code=0
  lab wireshark --remove || code=$?
  expect test "$code" = 1
  expect test "$(find "$HOME" -path "$WORK/run" -prune -o \( -name 'rudp.lua' -o -path '*/wirelab/*' \) -print)" = "$profile/preferences"
  lab wireshark --remove --force
  expect test ! -e "$profile"
}

colours_and_buttons_are_filters() {
  local filter
  while IFS= read -r filter; do
    expect shark -r "$CAPTURES/loss.pcapng" -c 1 -Y "$filter"
  done < <(sed -n 's/^@[^@]*@\([^@]*\)@.*/\1/p' "$DISSECTORS/profile/colorfilters"
    sed -n 's/^"TRUE","[^"]*","\([^"]*\)".*/\1/p' "$DISSECTORS/profile/dfilter_buttons")
}

# A program by the name of wireshark keeps what it is sent; with what it was started.
a_live_capture_goes_to_wireshark() {
  mkdir -p "$WORK/bin"
  printf '#!/bin/sh\necho "$@" >"%s/asked"\nexec cat >"%s/live.pcapng"\n' "$WORK" "$WORK" >"$WORK/bin/wireshark"
  chmod +x "$WORK/bin/wireshark"
  PATH=$WORK/bin:$PATH lab capture --live &
  local live=$!
  until [[ -s $WORK/live.pcapng ]]; do
    kill -0 "$live"
    sleep 0.1
  done
  lab run run --all --output "$WORK/got"
  until [[ $(count "$WORK/live.pcapng" rudp 2>/dev/null || echo 0) -ge 8 ]]; do
    kill -0 "$live"
    sleep 0.2
  done
  expect grep -q -- '-k -i -' "$WORK/asked"
  lab shell pkill -INT dumpcap
  wait "$live"
}

no_wireshark_is_said() {
  local code=0 tool
  mkdir -p "$WORK/few"
  for tool in bash dirname readlink basename cat sed grep dumpcap id; do
    ln -sf "$(command -v "$tool")" "$WORK/few/$tool"
  done
  # tools.sh adds the folders of root's tools; wireshark is in none of them.
  PATH=$WORK/few lab capture --live 2>"$WORK/said" || code=$?
  expect test "$code" = 69
  expect grep -q 'wireshark is not installed' "$WORK/said"
}

# tshark that finds our capture program. Root is not heard on where to look, so there the folder lies over the system's,
# for this one process.
extcap_shark() {
  local folder
  if (($(id -u) != 0)); then
    WIRESHARK_EXTCAP_DIR=$WORK/extcap tshark "$@"
    return
  fi
  folder=$(tshark -G folders 2>/dev/null | sed -n 's/^\(Global \)\{0,1\}Extcap path:[[:space:]]*//p' | head -n 1)
  # shellcheck disable=SC2016 # the inner shell expands it
  unshare --mount bash -c 'mount --bind "$1" "$2" && shift 2 && exec tshark "$@"' - "$WORK/extcap" "$folder" "$@"
}

labs_are_interfaces() {
  mkdir -p "$WORK/extcap"
  ln -sfn "$ROOT/scripts/wirelab-extcap" "$WORK/extcap/wirelab"
  extcap_shark -D >"$WORK/said"
  expect grep -q 'wirelab-shark (wirelab, lab shark)' "$WORK/said"
  extcap_shark -L -i wirelab-shark >"$WORK/said" 2>&1
  expect grep -q LINUX_SLL "$WORK/said"
  extcap_shark -i wirelab-shark -c 4 -w "$WORK/extcap.pcapng" 2>"$WORK/said" &
  local capturer=$!
  until grep -q 'Capturing on' "$WORK/said"; do
    kill -0 "$capturer"
    sleep 0.1
  done
  # What is asked before the capture has begun is not in it.
  local rounds=0
  while kill -0 "$capturer" 2>/dev/null && ((rounds++ < 40)); do
    lab run dns example.com
  done
  kill -TERM "$capturer" 2>/dev/null || true
  wait "$capturer" || true
  cat "$WORK/said"
  expect test "$(count "$WORK/extcap.pcapng" dns)" = 4
  expect test -z "$(lab shell pgrep dumpcap || true)"
}

if [[ ${1-} == --update ]]; then
  for capture in "$CAPTURES"/*.pcapng; do
    shown "$capture" >"${capture%.pcapng}.txt"
  done
  exit 0
fi

if command -v tshark >/dev/null && command -v editcap >/dev/null; then
  check "the captures are shown as ever" the_captures_are_shown_as_ever
  check "requests and replies find each other" requests_and_replies_find_each_other
  check "what is sent again is marked" what_is_sent_again_is_marked
  check "RUDP is recognised on other ports" other_ports_are_recognised
  check "others keep their packets" others_keep_their_packets
  check "broken packets break nothing" broken_packets_break_nothing
  check "every field is in the table" every_field_is_in_the_table
  check "colours and buttons are filters" colours_and_buttons_are_filters
  check "installing keeps what the user has changed" installing_keeps_what_the_user_has_changed
  export XDG_RUNTIME_DIR=$WORK/run
  mkdir -m 700 "$XDG_RUNTIME_DIR"
  trap 'lab down >/dev/null 2>&1 || true; rm -rf "$WORK"' EXIT
  check "a lab comes up" lab_up
  check "a live capture goes to Wireshark" a_live_capture_goes_to_wireshark
  check "that there is no Wireshark is said" no_wireshark_is_said
  check "labs are interfaces" labs_are_interfaces
  if command -v lua5.2 >/dev/null && command -v lua5.4 >/dev/null; then
    check "both versions of Lua show the same" both_versions_of_lua_show_the_same
  else
    skip "both versions of Lua show the same" "lua5.2 and lua5.4 are not installed"
  fi
else
  skip "the dissectors" "tshark and editcap are not installed"
fi
[[ $FAILED == no ]]
