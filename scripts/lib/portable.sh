# shellcheck shell=bash
# The portable profile: no namespaces and no rights, all on 127.0.0.x, seven neighbouring high ports a lab.
# Needs say.sh and state.sh.
# shellcheck disable=SC2034

readonly PORT_ROLES=(http dns scrap proxy scrap-source dhcp dhcp-client)

# The port of a role in this lab.
port_of() {
  local base i
  base=$(fact port)
  for i in "${!PORT_ROLES[@]}"; do
    [[ ${PORT_ROLES[i]} != "$1" ]] || { printf '%d' "$((base + i))"; return; }
  done
}

portable_create() {
  require_tools setsid
  local busy base
  busy=$(busy_ports)
  for _ in {1..200}; do
    base=$((20000 + 10 * (RANDOM % 1000)))
    if block_is_free "$base" "$busy"; then
      put port "$base"
      return 0
    fi
  done
  note "found no seven free ports in a row between 20000 and 30000"
  return "$FAILED"
}

# The local ports in use, and those that this user's other labs have taken, each between spaces.
busy_ports() {
  local port
  while read -r port; do
    printf ' %d ' "$port"
  done < <(
    cat /proc/net/{tcp,udp,tcp6,udp6} 2>/dev/null | sed -n 's/^ *[0-9]*: [0-9A-F]*:\([0-9A-F]*\) .*/0x\1/p'
    cat "$LAB_BASE"/*/port 2>/dev/null
  )
}

block_is_free() {
  local i
  for i in "${!PORT_ROLES[@]}"; do
    [[ $2 != *" $(($1 + i)) "* ]] || return 1
  done
}

# Sets OPTIONS to what a daemon of a portable lab is started with.
portable_options() {
  case $1 in
    http-server) OPTIONS=(--listen "127.0.0.1:$(port_of http)") ;;
    dns-server) OPTIONS=(--listen "127.0.0.1:$(port_of dns)") ;;
    scrap-server) OPTIONS=(--listen "127.0.0.5:$(port_of scrap)" --origin "http://127.0.0.1:$(port_of http)/") ;;
    rudp-proxy) OPTIONS=(
      --listen "127.0.0.10:$(port_of proxy)" --scrap "127.0.0.5:$(port_of scrap)"
      --scrap-source "127.0.0.10:$(port_of scrap-source)") ;;
    dhcp-server) OPTIONS=(
      --interface lo --address 127.0.0.40 --port "$(port_of dhcp)" --client-port "$(port_of dhcp-client)"
      --reply-to 127.0.0.1 --pool 127.0.0.51-127.0.0.99 --netmask 255.0.0.0 --router 127.0.0.1 --dns 127.0.0.1) ;;
  esac
}

# Sets ENTER to the words that run a command of the lab: here only the environment that tells the client where all is.
portable_enter() {
  ENTER=(env "PATH=$PATH" WIRELAB_INSIDE="$LAB_NAME" WIRELAB_PROFILE=portable
    WIRELAB_INTERFACE=lo
    "WIRELAB_DHCP_SERVER=127.0.0.40:$(port_of dhcp)" "WIRELAB_DHCP_CLIENT=127.0.0.1:$(port_of dhcp-client)"
    "WIRELAB_DNS_SERVER=127.0.0.1:$(port_of dns)" "WIRELAB_PROXY_PORT=$(port_of proxy)"
    "WIRELAB_PROXY=127.0.0.10:$(port_of proxy)" "WIRELAB_HTTP=127.0.0.1:$(port_of http)")
}

# A portable lab is its daemons.
portable_runs() {
  local daemon
  for daemon in "${DAEMONS[@]}"; do
    runs "$(fact "$daemon/pid")" && return 0
  done
  return 1
}

portable_destroy() {
  local identities=() daemon
  for daemon in "${DAEMONS[@]}"; do
    identities+=("$(fact "$daemon/pid")")
    send KILL "${identities[-1]}"
  done
  await_end 10 "${identities[@]}" || fail "$FAILED" "a daemon of lab $LAB_NAME does not end"
}
