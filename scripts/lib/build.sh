# shellcheck shell=bash
# Builds the programs and prepares their quick start. Needs say.sh, tools.sh, jdk.sh and ROOT.

readonly DAEMONS=(http-server dhcp-server dns-server scrap-server rudp-proxy)
# shellcheck disable=SC2034 # for the scripts
readonly PROGRAMS=("${DAEMONS[@]}" client)

jar_of() {
  printf '%s\n' "$ROOT/$1/target/$1.jar"
}

# Maven of the PATH, else the wrapper, which fetches Maven once. Runs in the project's folder, on our JDK.
maven() {
  local mvn
  mvn=$(command -v mvn) || mvn=$ROOT/scripts/mvnw
  require_jdk
  (cd "$ROOT" && JAVA_HOME=$JDK "$mvn" --batch-mode --no-transfer-progress "$@")
}

# Has something of a program changed since its jar was made?
is_stale() {
  local jar
  jar=$(jar_of "$1")
  [[ ! -f $jar ]] || [[ -n $(find "$ROOT/pom.xml" "$ROOT/$1/pom.xml" "$ROOT/core/pom.xml" \
    "$ROOT/core/src/main" "$ROOT/$1/src/main" -newer "$jar" -type f -print -quit) ]]
}

# Builds the programs that are not built, or not up to date. The tests are for scripts/test.
build_programs() {
  local stale=() program
  for program in "$@"; do
    if is_stale "$program"; then stale+=("$program"); fi
  done
  ((${#stale[@]})) || return 0
  package "${stale[@]}"
}

# Runs Maven, one at a time for this copy of the project; its output is shown when it fails.
package() {
  local modules log started
  modules=$(IFS=, && printf '%s' "$*")
  log=$(mktemp)
  started=$(now_ms)
  note "building $* (a minute or so; the first time Maven fetches libraries too)"
  mkdir -p "$ROOT/target"
  if ! (
    if command -v flock >/dev/null; then
      exec 7>"$ROOT/target/.build.lock"
      flock 7
    fi
    maven -q -T 2 -DskipTests -Dspotless.check.skip=true -pl "$modules" -am package 7>&-
  ) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "$FAILED" "the build failed; Maven's words are above"
  fi
  rm -f "$log"
  note "built in $(as_seconds $(($(now_ms) - started))) s"
}
