# shellcheck shell=bash
# The five daemons of a lab: starting them side by side, stopping them. Needs the pieces before it.

# Sets ENTER to the words that run a command inside the lab.
enter_words() {
  "$(fact profile)_enter"
  student_enter
}

# Sets OPTIONS to what a daemon is started with. The private network's addresses are the programs' own defaults.
daemon_options() {
  OPTIONS=()
  [[ $(fact profile) != portable ]] || portable_options "$1"
  case $1 in
    http-server) OPTIONS+=(--root "$FILES") ;;
    dhcp-server) OPTIONS+=(--leases "$LAB_DIR/leases.db") ;;
    rudp-proxy)
      read_words proxy
      OPTIONS+=("${WORDS[@]}")
      ;;
  esac
  student_options "$1"
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
  LAUNCHED[$daemon]=$!
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

# Sets ADDRESS to what a daemon serves, once it has said so.
read_ready() {
  local word name
  read -r word name ADDRESS 2>/dev/null <"$LAB_DIR/$1/out" || return 1
  [[ $word == ready && $name == "$1" ]]
}

# May a daemon start now? The index page has to be there for the scrape, or the first one fails.
may_start() {
  [[ $1 != scrap-server ]] || read_ready http-server
}

# Starts the daemons that do not run, and says when each is ready. No more at once than there are processors: a JVM
# that starts keeps one busy, and the first ones are ready soon, for which the scrap server waits.
start_daemons() {
  local begun=$1 at_once daemon waiting=() starting=() still
  local -A LAUNCHED=()
  at_once=$(processors)
  SECONDS=0
  for daemon in "${DAEMONS[@]}"; do
    if ! daemon_runs "$daemon"; then
      rm -f "$LAB_DIR/$daemon/out" "$LAB_DIR/$daemon/pid"
      waiting+=("$daemon")
    fi
  done
  while ((${#waiting[@]} + ${#starting[@]})); do
    still=()
    for daemon in "${waiting[@]}"; do
      if ((${#starting[@]} < at_once)) && may_start "$daemon"; then
        launch_daemon "$daemon"
        starting+=("$daemon")
      else
        still+=("$daemon")
      fi
    done
    waiting=("${still[@]}")
    still=()
    for daemon in "${starting[@]}"; do
      if read_ready "$daemon"; then
        note_ready "$daemon" "$begun"
      elif has_failed "$daemon"; then
        return "$FAILED"
      else
        still+=("$daemon")
      fi
    done
    starting=("${still[@]}")
    sleep 0.03
  done
}

note_ready() {
  put "$1/address" "$ADDRESS"
  note_inner_process "$1"
  printf '%sready%s  %-13s %-34s %s s\n' "$GREEN" "$PLAIN" "$1" "$ADDRESS" "$(as_seconds $(($(now_ms) - $2)))"
}

# Without a process of its own: it is asked often, while the processors have other work.
has_failed() {
  if ! kill -0 "${LAUNCHED[$1]}" 2>/dev/null; then
    show_failure "$1" "did not start"
  elif ((SECONDS > 30)); then
    show_failure "$1" "was not ready after 30 s"
  else
    return 1
  fi
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
