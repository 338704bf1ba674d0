# shellcheck shell=bash
# The ahead-of-time caches of the JVM (JEP 483, 514, 515): a program that has one starts in half the time, and compiles
# soon what was in use at the rehearsal. Needs say.sh, jdk.sh, build.sh and ROOT.

cache_of() {
  printf '%s\n' "$ROOT/$1/target/$1.aot"
}

has_cache() {
  [[ $(cache_of "$1") -nt $(jar_of "$1") ]]
}

# Lets all programs work together once, unless each has its cache. They disturb nobody: free ports of loopback, and a
# folder of their own. A program that does not start gets no cache; started in earnest it will say why.
rehearse_programs() {
  local program folder
  for program in "${PROGRAMS[@]}"; do
    has_cache "$program" || break
  done
  ! has_cache "$program" || return 0
  [[ -w $ROOT/$program/target ]] || return 0
  note "rehearsing, once, so that each program starts in half the time"
  folder=$(mktemp -d)
  mkdir "$folder/files"
  truncate -s 16M "$folder/files/zeros"
  (rehearse "$folder")
}

# The lab's sequence without its network, then a file by RUDP: what is slow when it is done for the first time.
rehearse() {
  cd "$1" || return
  local -A PLAYERS=()
  trap 'kill -KILL "${PLAYERS[@]}" 2>/dev/null || true; rm -rf "$PWD"' EXIT
  local program dns http scrap proxy
  enter_stage http-server --listen 127.0.0.1:0 --root files
  enter_stage dns-server --listen 127.0.0.1:0
  enter_stage dhcp-server --address 127.0.0.40 --port 0 --client-port 9 --reply-to 127.0.0.1 \
    --pool 127.0.0.51-127.0.0.99 --netmask 255.0.0.0 --router 127.0.0.1 --leases leases.db
  read_address http http-server
  enter_stage scrap-server --listen 127.0.0.5:0 --origin "http://$http/"
  read_address scrap scrap-server
  enter_stage rudp-proxy --listen 127.0.0.10:0 --http "$http" --scrap "$scrap" --scrap-source 127.0.0.10:0
  read_address dns dns-server
  read_address proxy rudp-proxy
  java_command client
  "${JAVA[@]}" dns --dns-server "$dns" &>/dev/null || true
  "${JAVA[@]}" list --proxy "$proxy" --bind 127.0.0.1:0 &>/dev/null || true
  (rehearsed client get zeros --via rudp --proxy "$proxy" --bind 127.0.0.1:0 -o fetched &>client.log) || true
  kill -TERM "${PLAYERS[@]}" 2>/dev/null || true
  wait
  for program in "${PROGRAMS[@]}"; do keep_cache "$program"; done
}

# Starts a daemon, whose cache is written when it ends.
enter_stage() {
  local daemon=$1
  : >"$daemon.out"
  rehearsed "$@" >"$daemon.out" 2>"$daemon.log" </dev/null 9>&- &
  PLAYERS[$daemon]=$!
}

# Becomes a program that is watched. The cache appears under its name only when it is complete.
rehearsed() {
  local program=$1
  java_command "$program"
  exec "${JAVA[0]}" "-XX:AOTCacheOutput=$program.aot" -Xlog:disable "${JAVA[@]:1}" "${@:2}"
}

# Sets the variable $1 to the first address that a daemon serves, when it says so.
read_address() {
  local daemon=$2 word name address
  printf -v "$1" '127.0.0.1:9'
  for _ in {1..200}; do
    if read -r word name address _ <"$daemon.out" && [[ $word == ready && $name == "$daemon" ]]; then
      printf -v "$1" '%s' "${address%/*}"
      return
    fi
    kill -0 "${PLAYERS[$daemon]}" 2>/dev/null || return 0
    sleep 0.05
  done
}

keep_cache() {
  [[ ! -s $1.aot ]] || mv -f "$1.aot" "$(cache_of "$1")"
}
