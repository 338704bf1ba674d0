# shellcheck shell=bash
# The commands of scripts/lab, but for demo. Needs the pieces before it.

# Inside a lab the processes have other numbers, and the network is there already.
refuse_inside() {
  [[ -n ${WIRELAB_INSIDE:-} && $1 != files && $1 != wireshark ]] || return 0
  if [[ $1 == run ]]; then
    exec "$ROOT/scripts/client" run "${REST[@]}"
  fi
  fail "$FAILED" "you are inside lab $WIRELAB_INSIDE: use scripts/client here, or leave with 'exit' first"
}

no_more_words() {
  (($# == 0)) || bad_usage "'$1' is not understood here"
}

# --- up and down ---

command_up() {
  take_up_options "$@"
  prepare_programs
  lock_labs
  sweep_for_another
  trap 'give_up $?' EXIT
  trap 'exit 130' INT TERM HUP
  bring_up true
  keep_lab
  trap - EXIT INT TERM HUP
}

# Sets PROXY_OPTIONS: the words about a bad network and about traces, which are the proxy's own; and STUDENT, and what
# take_serving_options sets.
take_up_options() {
  local words=()
  STUDENT=''
  while (($#)); do
    case $1 in
      --impair | --impair-in | --impair-out | --impair-rule)
        (($# > 1)) || bad_usage "$1 wants a value: scripts/rudp-proxy --help"
        PROXY_OPTIONS+=("$1=$2"); shift ;;
      --impair=* | --impair-in=* | --impair-out=* | --impair-rule=*) PROXY_OPTIONS+=("$1") ;;
      --qlog)
        (($# > 1)) || bad_usage "--qlog wants a folder, for the traces"
        trace_into "$2"; shift ;;
      --qlog=*) trace_into "${1#*=}" ;;
      --student)
        (($# > 1)) || bad_usage "--student wants an id"
        STUDENT=$2; shift ;;
      --student=*) STUDENT=${1#*=} ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  take_serving_options "${words[@]}"
  [[ -z $STUDENT || ${#words[@]} -eq 0 ]] || bad_usage "--student brings files and seed: --seed and --root do not go with it"
}

# The proxy runs in a folder of its own, so its traces want a whole path.
trace_into() {
  mkdir -p "$1" || bad_usage "--qlog '$1': such a folder cannot be made"
  PROXY_OPTIONS+=("--qlog=$(readlink -f "$1")")
}

# Sets SEED, or FILES and OWN_FILES.
take_serving_options() {
  OWN_FILES=no
  while (($#)); do
    case $1 in
      --seed) check_seed "${2-}"; SEED=$2; shift 2 ;;
      --seed=*) check_seed "${1#*=}"; SEED=${1#*=}; shift ;;
      --root) check_root "${2-}"; shift 2 ;;
      --root=*) check_root "${1#*=}"; shift ;;
      *) no_more_words "$@" ;;
    esac
  done
}

check_seed() {
  [[ $1 =~ ^[0-9]{1,9}$ ]] || bad_usage "--seed '$1': it is a whole number of up to nine digits"
}

check_root() {
  [[ -d $1 ]] || bad_usage "--root '$1': there is no such folder"
  FILES=$(readlink -f "$1")
  OWN_FILES=yes
}

# Builds and makes what is missing, before any lock is taken.
prepare_programs() {
  require_jdk
  build_programs "${PROGRAMS[@]}"
  rehearse_programs
  [[ -z ${STUDENT:-} ]] || ask_for_student
  [[ $OWN_FILES == yes ]] || make_files
}

# Makes the network unless it is there, and starts the daemons that do not run. With the lock held.
# bring_up COMMAND: it runs between the two.
bring_up() {
  local begun
  begun=$(now_ms)
  if lab_exists; then
    join_lab
  else
    create_lab || exit
    put root "$FILES"
    [[ -z ${STUDENT:-} ]] || keep_student
    put_words proxy "${PROXY_OPTIONS[@]}"
    "$1"
    begun=$(now_ms)
  fi
  start_daemons "$begun" || exit
  printf 'lab %s is up: five daemons after %s s' "$LAB_NAME" "$(as_seconds $(($(now_ms) - begun)))"
  if [[ $(fact profile) == portable ]]; then printf ', on ports %d-%d' "$(port_of http)" "$(port_of dhcp-client)"; fi
  printf '\n'
}

join_lab() {
  local daemon missing=()
  JOINED=yes
  [[ $(fact profile) == "$LAB_PROFILE" ]] \
    || fail "$FAILED" "lab $LAB_NAME runs with the $(fact profile) profile: take it down first, or choose another --name"
  ((${#PROXY_OPTIONS[@]} == 0)) \
    || fail "$FAILED" "lab $LAB_NAME runs already, and its proxy stays as it is: take it down first (scripts/lab --name $LAB_NAME down)"
  [[ -z ${STUDENT:-} || $(fact student) == "$STUDENT" ]] \
    || fail "$FAILED" "lab $LAB_NAME runs already, and is not $STUDENT's: take it down first, or choose another --name"
  FILES=$(fact root)
  for daemon in "${DAEMONS[@]}"; do
    daemon_runs "$daemon" || missing+=("$daemon")
  done
  ((${#missing[@]} == 0)) || note "lab $LAB_NAME is there; starting again: ${missing[*]}"
}

# A lab that did not come up does not stay. One that was there before does.
give_up() {
  trap - EXIT INT TERM HUP
  if [[ ${JOINED:-no} == no ]] && lab_exists; then
    if [[ -n $(fact profile) ]]; then destroy_lab; else remove_lab_folder; fi
    note "lab $LAB_NAME was taken down again"
  fi
  exit "$1"
}

command_down() {
  no_more_words "$@"
  lock_labs_that_exist || { note "no lab runs"; return 0; }
  if lab_exists; then
    destroy_lab
    echo "lab $LAB_NAME is down"
  else
    note "lab $LAB_NAME does not run"
  fi
  sweep_labs
}

# --- looking and using: they need a lab ---

# Takes the lock if there is any lab; does not make a folder only to look.
lock_labs_that_exist() {
  [[ -d $LAB_BASE ]] && lock_labs
}

sweep_and_unlock() {
  if lock_labs_that_exist; then
    sweep_labs
    rmdir "$LAB_BASE" 2>/dev/null || true
    unlock_labs
  fi
}

enter_lab() {
  sweep_and_unlock
  require_lab
  enter_words
}

command_run() {
  case ${1-} in
    run | dhcp | dns | echo | stat | list | get | plot | compare) ;;
    *) set -- run "$@" ;;
  esac
  enter_lab
  [[ -f $(jar_of client) ]] || package client
  java_command client
  # Asked for a whole run, the client takes the proxy's address from DNS.
  [[ $1 != run ]] || ENTER+=(env --unset=WIRELAB_PROXY)
  exec "${ENTER[@]}" "${JAVA[@]}" "$@"
}

command_shell() {
  enter_lab
  require_jdk
  ENTER+=("WIRELAB_JAVA_HOME=$JDK")
  if (($#)); then exec "${ENTER[@]}" "$@"; fi
  echo "inside lab $LAB_NAME; scripts/client is the client, 'exit' leaves"
  exec "${ENTER[@]}" "${SHELL:-/bin/sh}"
}

command_logs() {
  local follow=() daemon='' files=()
  while (($#)); do
    case $1 in
      -f | --follow) follow=(-f) ;;
      -*) bad_usage "there is no option '$1'" ;;
      *)
        [[ -z $daemon ]] || bad_usage "'$1': one daemon, or none for all"
        [[ " ${DAEMONS[*]} " == *" $1 "* ]] || bad_usage "'$1' is no daemon: it is one of ${DAEMONS[*]}"
        daemon=$1 ;;
    esac
    shift
  done
  sweep_and_unlock
  require_lab
  for daemon in ${daemon:-"${DAEMONS[@]}"}; do files+=("$LAB_DIR/$daemon/log"); done
  exec tail "${follow[@]}" -n +1 "${files[@]}"
}

command_capture() {
  local file='' duration='' live=no
  while (($#)); do
    case $1 in
      --live) live=yes; shift ;;
      -d | --duration) duration=${2-}; shift 2 || bad_usage "--duration wants a number of seconds" ;;
      --duration=*) duration=${1#*=}; shift ;;
      -*) bad_usage "there is no option '$1'" ;;
      *) [[ -z $file ]] || bad_usage "'$1': one file"; file=$1; shift ;;
    esac
  done
  if [[ $live == yes ]]; then
    [[ -z $file$duration ]] || bad_usage "--live goes to Wireshark, not into a file, until it is closed"
    capture_live
    return
  fi
  [[ -n $file ]] || bad_usage "say into which file, as in: lab capture first.pcapng"
  [[ $duration =~ ^[0-9]*$ ]] || bad_usage "--duration '$duration': it is a whole number of seconds"
  require_tools dumpcap
  sweep_and_unlock
  require_lab
  capture_until_told "$file" "$duration"
}

capture_until_told() {
  local file=$1 duration=$2 received dropped stop=no
  trap 'stop=yes' INT TERM
  set -m # so that Ctrl-C reaches us and not dumpcap, which has to write to the last packet
  start_capture "$file" || exit
  set +m
  note "capturing into $file; ${duration:+$duration s, or }Ctrl-C ends it"
  local end=$(($(now_ms) + ${duration:-0} * 1000))
  while [[ $stop == no ]] && kill -0 "$CAPTURER" 2>/dev/null && { [[ -z $duration ]] || (($(now_ms) < end)); }; do
    sleep 0.2 || true
  done
  stop_capture "$file"
  read -r received dropped < <(capture_counts) || true
  note "$file: ${received:-0} packets, ${dropped:-0} dropped; open it with  wireshark $file"
}

command_files() {
  local check=no words=()
  while (($#)); do
    case $1 in
      --check) check=yes ;;
      --dir) FILES=${2-}; [[ -n $FILES ]] || bad_usage "--dir wants a folder"; shift ;;
      --dir=*) FILES=${1#*=} ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  [[ -z ${FILES:-} ]] || FILES=$(readlink -m "$FILES")
  local folder=${FILES:-}
  take_serving_options "${words[@]}"
  [[ $OWN_FILES == no ]] || bad_usage "--root belongs to 'up': the sample files go to --dir"
  FILES=$folder
  make_files
  if [[ $check == yes ]]; then
    check_files "$FILES"
  else
    grep -v '^#' "$MANIFEST" | while read -r _ size name; do
      printf '%-15s %12s bytes\n' "$name" "$(with_commas "$size")"
    done
    echo "in $FILES, from seed $SEED"
  fi
}

command_status() {
  local json=no
  case ${1-} in --json) json=yes; shift ;; esac
  no_more_words "$@"
  sweep_and_unlock
  if [[ $json == yes ]]; then status_json; else status_table; fi
}

# Sets PID, ADDRESS, UP (seconds) and MEMORY (bytes) of a daemon; fails if it does not run.
look_at() {
  local identity resident
  identity=$(fact "$1/pid")
  ADDRESS=$(fact "$1/address") PID=${identity%% *} UP=0 MEMORY=0
  runs "$identity" || return 1
  UP=$(($(date +%s) - $(stat -c %Y "$LAB_DIR/$1/pid" 2>/dev/null || stat -f %m "$LAB_DIR/$1/pid")))
  resident=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$PID/status" 2>/dev/null || ps -o rss= -p "$PID") || true
  MEMORY=$((${resident:-0} * 1024)) # one that is ending has none left
}

status_table() {
  local daemon dead=0
  require_lab
  printf '%slab %s, %s%s\n' "$BOLD" "$LAB_NAME" "$(fact profile)" "$PLAIN"
  printf '%-13s %8s  %-34s %9s %9s\n' daemon pid address up memory
  for daemon in "${DAEMONS[@]}"; do
    if look_at "$daemon"; then
      printf '%-13s %8d  %-34s %9s %6d MB\n' "$daemon" "$PID" "$ADDRESS" "$(as_clock "$UP")" "$((MEMORY / 1000000))"
    else
      printf '%-13s %8s  %-34s %s%9s%s   (lab logs %s; lab up starts it again)\n' \
        "$daemon" - "$ADDRESS" "$RED" dead "$PLAIN" "$daemon"
      dead=1
    fi
  done
  return "$dead"
}

as_clock() {
  printf '%d:%02d:%02d' "$(($1 / 3600))" "$(($1 / 60 % 60))" "$(($1 % 60))"
}

status_json() {
  local daemon comma='' dead=0
  if ! lab_exists; then
    printf '{"lab":"%s","running":false,"daemons":[]}\n' "$LAB_NAME"
    return "$FAILED"
  fi
  printf '{"lab":"%s","running":true,"profile":"%s","daemons":[' "$LAB_NAME" "$(fact profile)"
  for daemon in "${DAEMONS[@]}"; do
    if look_at "$daemon"; then
      printf '%s{"name":"%s","running":true,"pid":%d,"address":"%s","upSeconds":%d,"residentBytes":%d}' \
        "$comma" "$daemon" "$PID" "$ADDRESS" "$UP" "$MEMORY"
    else
      printf '%s{"name":"%s","running":false}' "$comma" "$daemon"
      dead=1
    fi
    comma=,
  done
  printf ']}\n'
  return "$dead"
}
