# shellcheck shell=bash
# Starts one program of the suite. Needs say.sh, tools.sh, jdk.sh, build.sh and ROOT.

# A heap that starts small, no code that only a long run repays: a lab starts five of these at once.
readonly COMMON_FLAGS=(-XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1)

# Sets JAVA to the command line of a program, without the program's own options.
java_command() {
  local program=$1
  require_jdk
  JAVA=("$JDK/bin/java" "${COMMON_FLAGS[@]}" -jar "$(jar_of "$program")")
}

start_program() {
  local program=$1
  shift
  [[ -f $(jar_of "$program") ]] || package "$program"
  java_command "$program"
  exec "${JAVA[@]}" "$@"
}
