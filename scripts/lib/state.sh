# shellcheck shell=bash
# What is known of a lab: one folder a lab, one small file a fact. Needs say.sh and ROOT.
#
#   ${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/wirelab-UID/NAME/
#     profile    private or portable
#     userns     yes if the network belongs to a user namespace of its own
#     pidns      the process namespace in which the numbers below count
#     holder     process and start time: keeps the namespaces; all goes when it goes
#     init       process and start time: the first process inside
#     owner      process and start time: the command that has to end before the lab may stay; none once it stays
#     scratch    a folder that goes with the lab
#     root       the folder that the HTTP server serves
#     student    whose lab it is; lease, name, user and student.zone are that student's own
#     proxy      what the proxy is told of a bad network and of traces, a word a line
#     NAME/      of each daemon: pid, address, out, log, and its own files
#     leases.db  what the DHCP server remembers

LAB_NAME=lab

# Sets LAB_BASE and LAB_DIR. A folder in /tmp that is not ours alone is not trusted.
locate_lab() {
  LAB_BASE=${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}
  LAB_BASE=${LAB_BASE%/}/wirelab-$UID
  LAB_DIR=$LAB_BASE/$LAB_NAME
  if [[ -L $LAB_BASE || (-e $LAB_BASE && ! -O $LAB_BASE) ]]; then
    fail "$NO_PERMISSION" "$LAB_BASE is not a folder of yours: remove it, or set XDG_RUNTIME_DIR to a folder that is"
  fi
}

check_name() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$ ]] \
    || bad_usage "--name '$1': a lab's name has up to 31 letters, digits, dots, dashes and underlines"
}

# put KEY VALUE: remembers a fact, whole or not at all.
put() {
  printf '%s\n' "$2" >"$LAB_DIR/$1.new"
  mv -f "$LAB_DIR/$1.new" "$LAB_DIR/$1"
}

# Prints a fact; nothing if it is not known.
fact() {
  local value=''
  [[ -f $LAB_DIR/$1 ]] && { IFS= read -r value <"$LAB_DIR/$1" || true; }
  printf '%s' "$value"
}

# put_words KEY WORD...: remembers a list, a word a line.
put_words() {
  local key=$1
  shift
  : >"$LAB_DIR/$key.new"
  (($# == 0)) || printf '%s\n' "$@" >"$LAB_DIR/$key.new"
  mv -f "$LAB_DIR/$key.new" "$LAB_DIR/$key"
}

# Sets WORDS to such a list; empty if it is not known.
# shellcheck disable=SC2034
read_words() {
  WORDS=()
  [[ ! -f $LAB_DIR/$1 ]] || mapfile -t WORDS <"$LAB_DIR/$1"
}

forget() {
  rm -f "$LAB_DIR/$1"
}

lab_exists() {
  [[ -d $LAB_DIR ]]
}

# Takes the lock over this user's labs, so that two commands do not build and clean at once; waits for the other.
lock_labs() {
  local base
  for _ in 1 2 3 4 5; do
    mkdir -p "${LAB_BASE%/*}"
    (umask 077 && mkdir -p "$LAB_BASE")
    command -v flock >/dev/null || return 0
    exec 9<"$LAB_BASE" || continue
    flock 9
    base=$(stat -L -c %i /dev/fd/9 2>/dev/null) || return 0
    [[ $base == "$(stat -c %i "$LAB_BASE" 2>/dev/null)" ]] && return 0 # else the last one to leave has removed it
  done
  fail "$FAILED" "cannot lock $LAB_BASE"
}

unlock_labs() {
  exec 9<&-
}

remove_lab_folder() {
  local scratch
  scratch=$(fact scratch)
  [[ -z $scratch ]] || rm -rf -- "$scratch"
  rm -rf -- "${LAB_DIR:?}"
  rmdir -- "$LAB_BASE" 2>/dev/null || true
}

# --- processes: a number alone is not enough, since numbers are used again ---

# When a process was started, in whatever unit the system has; fails if it is gone or only a zombie.
start_of() {
  local pid=$1 stat fields
  if [[ -r /proc/$pid/stat ]]; then
    { stat=$(<"/proc/$pid/stat"); } 2>/dev/null || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != [ZX] ]] || return 1
    printf '%s' "${fields[19]}"
  elif [[ ! -d /proc/self ]]; then
    ps -o lstart= -p "$pid" 2>/dev/null | tr -s ' ' _ | grep .
  else
    return 1
  fi
}

# "PID START" for a process that runs.
identity_of() {
  local start
  start=$(start_of "$1") || return 1
  printf '%s %s' "$1" "$start"
}

# Does the very process run that has this identity?
runs() {
  local pid start
  read -r pid start <<<"$1"
  [[ -n $start ]] && [[ $(start_of "$pid") == "$start" ]]
}

# send SIGNAL IDENTITY: no process but that one.
send() {
  if runs "$2"; then kill "-$1" "${2%% *}" 2>/dev/null || true; fi
}

# Waits until none of these processes runs: await_end SECONDS IDENTITY...
await_end() {
  local deadline identity
  deadline=$(($(now_ms) + $1 * 1000))
  shift
  for identity in "$@"; do
    while runs "$identity"; do
      (($(now_ms) < deadline)) || return 1
      sleep 0.02
    done
  done
}

# The child of a process that lives in a process namespace other than ours, as seen from here; waits for it a moment.
inner_child_of() {
  local parent=$1 ours child children
  ours=$(our_pidns)
  for _ in {1..250}; do
    { read -ra children <"/proc/$parent/task/$parent/children"; } 2>/dev/null || [[ -d /proc/$parent ]] || return 1
    for child in "${children[@]}"; do
      if [[ $(readlink "/proc/$child/ns/pid" 2>/dev/null || echo "$ours") != "$ours" ]]; then
        printf '%s' "$child"
        return 0
      fi
    done
    sleep 0.01
  done
  return 1
}

# The process namespace that we see; numbers noted in another one mean nothing here.
our_pidns() {
  readlink /proc/self/ns/pid 2>/dev/null || echo none
}
