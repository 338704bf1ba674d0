# shellcheck shell=bash
# Starts one program of the suite, quickly. Needs say.sh, tools.sh, jdk.sh, build.sh and ROOT.

# Of the programs that live long and are asked much, only those get the optimizing compiler, and not in a lab, where
# five start at once: it costs a third of the start-up time.
readonly COMMON_FLAGS=(-XX:+UseSerialGC -XX:-UsePerfData)
readonly BRIEF_FLAGS=(-XX:TieredStopAtLevel=1)

# Sets JAVA to the command line of a program, without the program's own options.
java_command() {
  local program=$1 archive
  require_jdk
  archive=$(archive_of "$program")
  JAVA=("$JDK/bin/java" "${COMMON_FLAGS[@]}")
  case $program in
    http-server | dns-server | rudp-proxy) [[ $SCRIPT_NAME != lab* ]] || JAVA+=("${BRIEF_FLAGS[@]}") ;;
    *) JAVA+=("${BRIEF_FLAGS[@]}") ;;
  esac
  # An archive of another JDK or jar is passed over, without a word since -Xlog:disable.
  [[ ! $archive -nt $(jar_of "$program") ]] || JAVA+=("-XX:SharedArchiveFile=$archive" -Xshare:auto -Xlog:disable)
  JAVA+=(-jar "$(jar_of "$program")")
}

# Without a locale of UTF-8 a JVM cannot name files whose names are not ASCII.
speak_utf8() {
  local locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
  shopt -s nocasematch
  [[ $locale == *utf*8 ]] || export LC_ALL=C.UTF-8
  shopt -u nocasematch
}
speak_utf8

start_program() {
  local program=$1
  shift
  [[ -f $(jar_of "$program") ]] || package "$program"
  java_command "$program"
  exec "${JAVA[@]}" "$@"
}

# --- class data archives: a JVM with one starts in two thirds of the time ---

archive_of() {
  printf '%s\n' "$ROOT/$1/target/$1.jsa"
}

# Makes the archives that are missing or older than their jar, two at a time.
archive_programs() {
  local program job=0
  for program in "$@"; do
    [[ ! $(archive_of "$program") -nt $(jar_of "$program") ]] || continue
    [[ -w $ROOT/$program/target ]] || continue
    ((job++ % 2 == 0)) || wait
    archive_program "$program" &
  done
  wait
}

# Lets a program start and end once, and keeps the classes that it had loaded. The archive appears under its name only
# when it is complete. A program that does not start has none; when it is started in earnest it says why.
archive_program() {
  local program=$1 archive words=() folder
  archive=$(archive_of "$program")
  folder=$(mktemp -d)
  rm -f "$archive"
  java_command "$program"
  trial_words "$program" "$folder"
  "${JAVA[0]}" "-XX:ArchiveClassesAtExit=$archive.$$" -Xlog:disable "${JAVA[@]:1}" "${words[@]}" \
    >"$folder/out" 2>"$folder/log" </dev/null 9>&- &
  if [[ $program != client ]]; then
    await_trial $! "$folder/out"
    kill -TERM $! 2>/dev/null || true
  fi
  wait $! 2>/dev/null || true
  [[ ! -s $archive.$$ ]] || mv -f "$archive.$$" "$archive"
  rm -rf "$folder"
}

await_trial() {
  for _ in {1..200}; do
    ! grep -q '^ready' "$2" || return 0
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.05
  done
}

# Sets `words`, the options for a trial that disturbs nobody: free ports on loopback, a folder of its own.
trial_words() {
  case $1 in
    http-server) words=(--listen 127.0.0.1:0 --root "$2") ;;
    dhcp-server) words=(--address 127.0.0.40 --port 0 --client-port 9 --reply-to 127.0.0.1
      --pool 127.0.0.51-127.0.0.99 --netmask 255.0.0.0 --router 127.0.0.1 --leases "$2/leases.db") ;;
    dns-server) words=(--listen 127.0.0.1:0) ;;
    scrap-server) words=(--listen 127.0.0.5:0 --origin http://127.0.0.1:9/) ;;
    rudp-proxy) words=(--listen 127.0.0.10:0 --scrap 127.0.0.5:9 --scrap-source 127.0.0.10:0) ;;
    client) words=(list --proxy 127.0.0.10:9 --bind 127.0.0.1:0 --timeout 1s) ;;
  esac
}
