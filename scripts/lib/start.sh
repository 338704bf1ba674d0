# shellcheck shell=bash
# Starts one program of the suite, quickly. Needs say.sh, tools.sh, jdk.sh, build.sh, rehearse.sh and ROOT.

# Of the programs that live long and are asked much, only those get the optimizing compiler, and not in a lab, where
# five start at once: it costs a third of the start-up time. The proxy's work is copying and checksums, which it makes
# no faster.
readonly COMMON_FLAGS=(-XX:+UseSerialGC -XX:-UsePerfData)
readonly BRIEF_FLAGS=(-XX:TieredStopAtLevel=1)

# Sets JAVA to the command line of a program, without the program's own options.
java_command() {
  local program=$1
  require_jdk
  JAVA=("$JDK/bin/java" "${COMMON_FLAGS[@]}")
  case $program in
    dhcp-server | http-server | dns-server) [[ $SCRIPT_NAME != lab* ]] || JAVA+=("${BRIEF_FLAGS[@]}") ;;
    *) JAVA+=("${BRIEF_FLAGS[@]}") ;;
  esac
  # A cache of another JDK or jar is passed over, without a word since -Xlog:disable.
  ! has_cache "$program" || JAVA+=("-XX:AOTCache=$(cache_of "$program")" -Xlog:disable)
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
