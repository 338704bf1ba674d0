# shellcheck shell=bash
# lab demo: everything once, from the build to the report. Needs the pieces before it.

command_demo() {
  local begun code=0
  begun=$(now_ms)
  take_demo_options "$@"
  require_tools tshark dumpcap
  prepare_programs
  require_space "$(dirname "$CAPTURE_FILE")" "$((2 * SAMPLE_BYTES + 100000000))" "the downloads and the capture"
  start_demo_lab
  heading "The client runs: an address, a name, the list, all files"
  run_all || code=$?
  stop_capture "$CAPTURE_FILE"
  if ((code == 0)); then
    heading "The files have arrived; their bytes against the manifest"
    check_files "$DOWNLOADS" || code=$FAILED
    heading "What was on the wire"
    report_capture "$CAPTURE_FILE" || { note "the capture does not show what it should"; code=$FAILED; }
    say_drops
  else
    note "the client failed with exit code $code; the daemons said:"
    tail -n 10 "$LAB_DIR"/*/log >&2
  fi
  end_demo_lab
  heading "Done in $(as_seconds $(($(now_ms) - begun))) s"
  echo "capture:  $CAPTURE_FILE ($(as_size "$(wc -c <"$CAPTURE_FILE")"))"
  echo "open it:  wireshark $CAPTURE_FILE"
  [[ $KEEP_DOWNLOADS == no ]] || echo "files:    $DOWNLOADS"
  return "$code"
}

# Sets CAPTURE_FILE, DOWNLOADS and KEEP_DOWNLOADS.
take_demo_options() {
  local words=()
  CAPTURE_FILE=$ROOT/target/demo.pcapng DOWNLOADS=$ROOT/target/demo-downloads.$$ KEEP_DOWNLOADS=no
  while (($#)); do
    case $1 in
      --capture) CAPTURE_FILE=${2-}; [[ -n $CAPTURE_FILE ]] || bad_usage "--capture wants a file"; shift ;;
      --capture=*) CAPTURE_FILE=${1#*=} ;;
      -o | --output) DOWNLOADS=${2-} KEEP_DOWNLOADS=yes; [[ -n $DOWNLOADS ]] || bad_usage "--output wants a folder"; shift ;;
      --output=*) DOWNLOADS=${1#*=} KEEP_DOWNLOADS=yes ;;
      --impair*) bad_usage "'$1' belongs to 'up': the demo shows a good network" ;;
      --root | --root=*) bad_usage "'$1' belongs to 'up': the demo compares the sample files" ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  take_serving_options "${words[@]}"
  CAPTURE_FILE=$(readlink -m "$CAPTURE_FILE") DOWNLOADS=$(readlink -m "$DOWNLOADS")
  [[ -d $(dirname "$CAPTURE_FILE") || $CAPTURE_FILE == "$ROOT"/target/* ]] \
    || bad_usage "--capture '$CAPTURE_FILE': there is no such folder"
}

heading() {
  printf '\n%s== %s%s\n' "$BOLD" "$*" "$PLAIN"
}

# A lab of its own, captured from before its daemons start; it goes when this command goes.
start_demo_lab() {
  lock_labs
  sweep_for_another
  ! lab_exists || fail "$FAILED" "lab $LAB_NAME runs already: take it down first (scripts/lab --name $LAB_NAME down)"
  trap 'give_up $?' EXIT
  trap 'exit 130' INT TERM HUP
  heading "A network of its own, a capture, five daemons"
  bring_up begin_demo_capture
  unlock_labs
}

begin_demo_capture() {
  mkdir -p "$(dirname "$CAPTURE_FILE")" "$DOWNLOADS"
  [[ $KEEP_DOWNLOADS == yes ]] || put scratch "$DOWNLOADS"
  start_capture "$CAPTURE_FILE" || exit
  echo "capturing into $CAPTURE_FILE"
}

run_all() {
  enter_words
  ENTER+=(env --unset=WIRELAB_PROXY)
  java_command client
  "${ENTER[@]}" "${JAVA[@]}" run --all --output "$DOWNLOADS"
}

# A capture with holes is not what the user was promised.
say_drops() {
  local received=0 dropped=0
  read -r received dropped < <(capture_counts) || true
  ((${dropped:-0} == 0)) || note "the capture lacks $dropped of $((received + dropped)) packets: this machine could not write them fast enough"
}

end_demo_lab() {
  trap - EXIT INT TERM HUP
  lock_labs
  destroy_lab
  unlock_labs
}
