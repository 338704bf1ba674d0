# shellcheck shell=bash
# Capturing what a lab's network carries, with dumpcap. Needs the pieces before it.

# Segments on loopback are up to 64 KB: nothing may be cut off.
readonly SNAP_LENGTH=262144
# MiB that the kernel keeps until dumpcap has written them; a large download comes faster than some disks write.
readonly CAPTURE_BUFFER=256

# Sets CAPTURE to the command that writes a capture to stdout. Through stdout, since dumpcap, run as root, gives up the
# right to write where only somebody else may.
capture_command() {
  enter_words
  CAPTURE=("${ENTER[@]}" dumpcap -s "$SNAP_LENGTH" -B "$CAPTURE_BUFFER" -w -)
  if [[ $(fact profile) == portable ]]; then
    CAPTURE+=(-i "$([[ -d /proc/self ]] && echo lo || echo lo0)" -f "$(portable_filter)")
  else
    CAPTURE+=(-i any)
  fi
}

# The host's loopback carries more than the lab.
portable_filter() {
  local role filter=''
  for role in "${PORT_ROLES[@]}"; do
    filter+=" or port $(port_of "$role")"
  done
  printf '%s' "${filter# or }"
}

# Starts a capture in the background and waits until it really captures: start_capture FILE. Sets CAPTURER.
start_capture() {
  local file=$1 deadline
  : >"$file" || return "$FAILED"
  CAPTURE_LOG=$LAB_DIR/capture.log
  capture_command
  "${CAPTURE[@]}" >"$file" 2>"$CAPTURE_LOG" </dev/null 9>&- &
  CAPTURER=$!
  deadline=$(($(now_ms) + 15000))
  # The first bytes of the file are written when the sockets are open.
  until [[ -s $file ]] && grep -q '^Capturing on\|^File:' "$CAPTURE_LOG"; do
    if ! kill -0 "$CAPTURER" 2>/dev/null || (($(now_ms) > deadline)); then
      explain_no_capture
      return "$NO_PERMISSION"
    fi
    sleep 0.02
  done
}

explain_no_capture() {
  note "cannot capture: $(grep -v '^Running as' "$CAPTURE_LOG" | head -n 3 | tr '\n' ' ')"
  if [[ $(fact profile) == portable ]] && ! is_root; then
    echo "  capturing on the machine's own loopback needs a right that the private profile does not:" >&2
    echo "    sudo dpkg-reconfigure wireshark-common && sudo usermod -aG wireshark $USER     (then log in again)" >&2
  elif [[ ! -x $(command -v dumpcap) ]]; then
    echo "  $(command -v dumpcap || echo dumpcap) may not be run by you: join its group, wireshark, and log in again" >&2
  fi
}

# Ends a capture that start_capture began: nothing that has been on the wire may be missing from the file.
stop_capture() {
  local file=$1 pid
  await_quiet "$file"
  pid=$CAPTURER
  [[ $(fact profile) != private ]] || pid=$(inner_child_of "$CAPTURER") || pid=$CAPTURER
  kill -INT "$pid" 2>/dev/null || true
  wait "$CAPTURER" 2>/dev/null || true
}

# dumpcap takes packets from the kernel four times a second: wait until the file has not grown for a second.
await_quiet() {
  local size before=-1 quiet=0
  for _ in {1..300}; do
    size=$(wc -c <"$1")
    if ((size == before)); then quiet=$((quiet + 1)); else quiet=0; fi
    ((quiet < 5)) || return 0
    before=$size
    sleep 0.2
  done
}

# What dumpcap says at its end: "1234 0" for received and dropped.
capture_counts() {
  sed -n "s|.*received/dropped on interface.*: \([0-9]*\)/\([0-9]*\).*|\1 \2|p" "$CAPTURE_LOG" | tail -n 1
}
