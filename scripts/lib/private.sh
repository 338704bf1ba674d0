# shellcheck shell=bash
# The private network: namespaces for network, processes and mounts, kept by one process (holder.sh), made as root or
# as an ordinary user. When that process dies, the kernel ends every process inside and removes the network.
# Needs say.sh, tools.sh, state.sh and LIB.

private_create() {
  require_tools unshare nsenter setsid flock ip
  local attempts=(userns) attempt
  is_root && attempts=(plain userns)
  for attempt in "${attempts[@]}"; do
    private_try "$attempt" && return 0
  done
  explain_refusal >&2
  return "$NO_PERMISSION"
}

# Starts the holder; it waits until we have written down which process to stop.
private_try() {
  local kind=$1 holder init go
  local flags=(--net --pid --mount --fork --kill-child=KILL)
  [[ $kind == plain ]] || flags+=(--user --map-root-user)
  : >"$LAB_DIR/holder.out"
  exec {go}> >(exec setsid unshare "${flags[@]}" bash "$LIB/holder.sh" >"$LAB_DIR/holder.out" 2>"$LAB_DIR/holder.log" 9>&-)
  holder=$!
  if ! private_await_ready "$holder" || ! init=$(inner_child_of "$holder"); then
    exec {go}>&-
    kill -KILL "$holder" 2>/dev/null || true
    return 1
  fi
  put userns "$([[ $kind == plain ]] && echo no || echo yes)"
  put holder "$(identity_of "$holder")"
  put init "$(identity_of "$init")"
  echo go >&"$go"
  exec {go}>&-
  rm -f "$LAB_DIR/holder.out"
}

private_await_ready() {
  local deadline
  deadline=$(($(now_ms) + 10000))
  while (($(now_ms) < deadline)); do
    grep -q ready "$LAB_DIR/holder.out" && return 0
    start_of "$1" >/dev/null || return 1
    sleep 0.01
  done
  return 1
}

explain_refusal() {
  note "cannot make a private network: $(tail -n 1 "$LAB_DIR/holder.log" 2>/dev/null)"
  if [[ $(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null) == 1 ]]; then
    echo "  this system keeps user namespaces from ordinary users; allow them until the next start of the machine:"
    echo "    sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
  elif [[ $(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null) == 0 ]]; then
    echo "  this system keeps user namespaces from ordinary users; allow them until the next start of the machine:"
    echo "    sudo sysctl -w kernel.unprivileged_userns_clone=1"
  elif [[ $(cat /proc/sys/user/max_user_namespaces 2>/dev/null) == 0 ]]; then
    echo "  user namespaces are switched off here:   sudo sysctl -w user.max_user_namespaces=10000"
  fi
  echo "  or run the lab as root, or without namespaces:   scripts/lab --profile portable ..."
}

# Sets ENTER to the words that run a command inside the lab, in the folder that we are in.
private_enter() {
  local init
  init=$(fact init)
  ENTER=(nsenter --target "${init%% *}" --net --pid --mount)
  [[ $(fact userns) == no ]] || ENTER+=(--user --preserve-credentials)
  ENTER+=(-- env --chdir="$PWD" "PATH=$PATH" WIRELAB_INSIDE="$LAB_NAME")
}

private_runs() {
  runs "$(fact init)"
}

# The end of everything inside.
private_destroy() {
  local init holder
  init=$(fact init)
  holder=$(fact holder)
  send KILL "$init"
  private_wake "${init%% *}"
  send KILL "$holder"
  await_end 10 "$init" "$holder" || fail "$FAILED" "process $init of lab $LAB_NAME does not end"
}

# nsenter stops itself when what it has started is stopped, by Ctrl-Z or kill -STOP, and does not notice when that is
# continued. Asleep, it would never collect its dead, for which the kernel waits.
private_wake() {
  local entry words
  for entry in /proc/[0-9]*; do
    { mapfile -t -d '' words <"$entry/cmdline"; } 2>/dev/null || continue
    if [[ ${words[0]-} == nsenter && ${words[2]-} == "$1" ]]; then
      kill -CONT "${entry#/proc/}" 2>/dev/null || true
    fi
  done
}
