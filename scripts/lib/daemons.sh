# shellcheck shell=bash
# The five daemons of a lab: starting them side by side, stopping them. Needs the pieces before it.

# Sets ENTER to the words that run a command inside the lab.
enter_words() {
  "$(fact profile)_enter"
}

# Sets OPTIONS to what a daemon is started with. The private network's addresses are the programs' own defaults.
daemon_options() {
  OPTIONS=()
  [[ $(fact profile) != portable ]] || portable_options "$1"
  case $1 in
    http-server) OPTIONS+=(--root "$FILES") ;;
    dhcp-server) OPTIONS+=(--leases "$LAB_DIR/leases.db") ;;
  esac
}

# Starts one daemon in the background. It notes its own process before it becomes the daemon, so that it is known
# even if this command is killed here.
launch_daemon() {
  local daemon=$1 folder=$LAB_DIR/$1
  mkdir -p "$folder"
  daemon_options "$daemon"
  java_command "$daemon"
  (
    self=$BASHPID
    put "$daemon/pid" "$(identity_of "$self")"
    cd "$folder" || exit
    enter_words
    exec setsid "${ENTER[@]}" "${JAVA[@]}" "${OPTIONS[@]}" </dev/null >"$folder/out" 2>>"$folder/log" 9>&-
  ) &
}

# In a private network the process that we have started is nsenter; the daemon is its child.
note_inner_process() {
  local started pid identity
  [[ $(fact profile) == private ]] || return 0
  started=$(fact "$1/pid")
  pid=$(inner_child_of "${started%% *}") && identity=$(identity_of "$pid") || return 0
  put "$1/pid" "$identity"
}

daemon_runs() {
  runs "$(fact "$1/pid")"
}

# Prints the address that a daemon serves once it has said so.
ready_address() {
  local word name address
  read -r word name address 2>/dev/null <"$LAB_DIR/$1/out" || return 1
  [[ $word == ready && $name == "$1" ]] && printf '%s' "$address"
}

# May a daemon start now? The index page has to be there for the scrape, or the list stays empty until the next one.
may_start() {
  [[ $1 != scrap-server ]] || ready_address http-server >/dev/null
}

# Starts the daemons that do not run, all at once where they need not wait, and says when each is ready.
start_daemons() {
  local begun=$1 daemon address deadline waiting=() starting=() still
  deadline=$(($(now_ms) + 30000))
  for daemon in "${DAEMONS[@]}"; do
    if ! daemon_runs "$daemon"; then
      rm -f "$LAB_DIR/$daemon/out" "$LAB_DIR/$daemon/pid"
      waiting+=("$daemon")
    fi
  done
  while ((${#waiting[@]} + ${#starting[@]})); do
    still=()
    for daemon in "${waiting[@]}"; do
      if may_start "$daemon"; then
        launch_daemon "$daemon"
        starting+=("$daemon")
      else
        still+=("$daemon")
      fi
    done
    waiting=("${still[@]}")
    still=()
    for daemon in "${starting[@]}"; do
      if address=$(ready_address "$daemon"); then
        put "$daemon/address" "$address"
        note_inner_process "$daemon"
        printf '%sready%s  %-13s %-34s %s s\n' "$GREEN" "$PLAIN" "$daemon" "$address" "$(as_seconds $(($(now_ms) - begun)))"
      elif [[ -f $LAB_DIR/$daemon/pid ]] && ! daemon_runs "$daemon"; then
        show_failure "$daemon" "did not start"
        return "$FAILED"
      elif (($(now_ms) > deadline)); then
        show_failure "$daemon" "was not ready after 30 s"
        return "$FAILED"
      else
        still+=("$daemon")
      fi
    done
    starting=("${still[@]}")
    sleep 0.03
  done
}

show_failure() {
  note "$1 $2; it said:"
  tail -n 20 "$LAB_DIR/$1/log" | sed 's/^/  /' >&2
}

# SIGTERM to all, then patience: each drains and closes its files.
stop_daemons() {
  local daemon identities=()
  for daemon in "${DAEMONS[@]}"; do
    identities+=("$(fact "$daemon/pid")")
    send TERM "${identities[-1]}"
  done
  await_end 5 "${identities[@]}" || note "a daemon did not end on SIGTERM within 5 s and is killed"
}
