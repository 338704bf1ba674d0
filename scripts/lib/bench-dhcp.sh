# shellcheck shell=bash
# leases by dhcp-server beside Kea: exchanges a second, a second of processor time, and how soon an offer comes

# Each server has a namespace of network for itself and perfdhcp, which plays a relay with 60,000 clients behind it, has
# another; a veth pair joins the two. An exchange is DISCOVER, OFFER, REQUEST and ACK. Ours syncs each lease to the disk
# before its ACK; Kea, whose leases are in a file too (memfile), writes without syncing. "exchanges_per_s" is the highest
# rate of which less than one in a hundred is lost. "offers_in_turn_p99" is how many offers one would get in a second
# who waits for each, and whose each is as slow as the slowest of a hundred. A larger figure is a better one in all three.
bench_dhcp() {
  local i ours=() theirs=() names=(exchanges_per_s exchanges_per_cpu_s offers_in_turn_p99) column
  need_for_dhcp
  trap dhcp_end EXIT
  trap 'exit 130' INT TERM HUP
  DHCP_DIR=$(mktemp -d)
  dhcp_network
  note "dhcp-server and Kea in turns, $(times) times"
  for ((i = 0; i < $(times); i++)); do
    dhcp_measure ours; ours+=("$RATE $EACH $TURNS")
    dhcp_measure kea; theirs+=("$RATE $EACH $TURNS")
  done
  for column in 1 2 3; do
    figure "${names[column - 1]}/kea" "$(median_of $column "${ours[@]}")" "$(median_of $column "${theirs[@]}")"
  done
}

need_for_dhcp() {
  local tool missing=()
  for tool in perfdhcp kea-dhcp4; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  ((${#missing[@]} == 0)) \
    || fail "$UNAVAILABLE" "${missing[*]} missing: sudo apt-get install kea-dhcp4-server kea-admin"
  require_tools ip unshare nsenter
}

DHCP_HOLDERS=() DHCP_PID='' DHCP_DIR=''

dhcp_end() {
  dhcp_stop
  ((${#DHCP_HOLDERS[@]} == 0)) || kill "${DHCP_HOLDERS[@]}" 2>/dev/null || true
  rm -rf "$DHCP_DIR"
}

# Two namespaces, each held by a process that sleeps. Sets AT_SERVER and AT_CLIENT, the words that run something there.
dhcp_network() {
  local flags=(--net) enter=(--net)
  is_root || flags+=(--user --map-root-user) enter+=(--user --preserve-credentials)
  dhcp_hold unshare "${flags[@]}" sleep infinity
  AT_SERVER=(nsenter --target "$HOLDER" "${enter[@]}" --)
  dhcp_hold "${AT_SERVER[@]}" unshare --net sleep infinity
  AT_CLIENT=(nsenter --target "$HOLDER" "${enter[@]}" --)
  "${AT_SERVER[@]}" ip link add s0 type veth peer name c0 netns "$HOLDER"
  "${AT_SERVER[@]}" ip addr add 10.20.30.40/15 dev s0
  "${AT_CLIENT[@]}" ip addr add 10.20.30.41/15 dev c0
  "${AT_SERVER[@]}" ip link set lo up
  "${AT_SERVER[@]}" ip link set s0 up
  "${AT_CLIENT[@]}" ip link set c0 up
}

# Sets HOLDER to the process of a command that ends as `sleep`, once it is that.
dhcp_hold() {
  local i
  "$@" &
  HOLDER=$!
  DHCP_HOLDERS+=("$HOLDER")
  for ((i = 0; i < 200; i++)); do
    [[ $(cat "/proc/$HOLDER/comm" 2>/dev/null) != sleep ]] || return 0
    kill -0 "$HOLDER" 2>/dev/null || fail "$NO_PERMISSION" "cannot make a network namespace: run this as root"
    sleep 0.05
  done
  fail "$FAILED" "no network namespace within 10 seconds"
}

# dhcp_start ours|kea: sets DHCP_PID.
dhcp_start() {
  local dir=$DHCP_DIR/$1
  rm -rf "$dir"
  mkdir "$dir"
  case $1 in
    ours)
      [[ -f $(jar_of dhcp-server) ]] || package dhcp-server
      java_command dhcp-server
      "${AT_SERVER[@]}" "${JAVA[@]}" --interface s0 --probe 0s --dns 10.20.30.40 --leases "$dir/leases.db" \
        --subnet 10.20.0.0/15,pool=10.21.0.0-10.21.255.250,router=10.20.30.40 >"$dir/log" 2>&1 & ;;
    kea)
      dhcp_kea_config "$dir" >"$dir/conf"
      KEA_PIDFILE_DIR=$dir KEA_LOCKFILE_DIR=$dir "${AT_SERVER[@]}" kea-dhcp4 -c "$dir/conf" >"$dir/log" 2>&1 & ;;
  esac
  DHCP_PID=$!
}

dhcp_kea_config() {
  cat <<END
{ "Dhcp4": {
  "interfaces-config": { "interfaces": ["s0"] }, "valid-lifetime": 3600, "authoritative": true,
  "lease-database": { "type": "memfile", "persist": true, "name": "$1/leases.csv", "lfc-interval": 0 },
  "multi-threading": { "enable-multi-threading": false },
  "subnet4": [ { "subnet": "10.20.0.0/15", "id": 1, "pools": [ { "pool": "10.21.0.0 - 10.21.255.250" } ],
    "option-data": [ { "name": "routers", "data": "10.20.30.40" }, { "name": "domain-name-servers", "data": "10.20.30.40" } ] } ],
  "loggers": [ { "name": "kea-dhcp4", "severity": "ERROR", "output_options": [ { "output": "$1/log" } ] } ] } }
END
}

dhcp_stop() {
  [[ -n $DHCP_PID ]] || return 0
  kill "$DHCP_PID" 2>/dev/null || true
  wait "$DHCP_PID" 2>/dev/null || true
  DHCP_PID=''
}

# dhcp_ask RATE SECONDS [MORE]: the report of perfdhcp, which ends with an error when a message was lost.
dhcp_ask() {
  local rate=$1 seconds=$2
  shift 2
  "${AT_CLIENT[@]}" timeout -k 2 $((seconds + 8)) perfdhcp -4 -g single -l 10.20.30.41 -r "$rate" -R 60000 -p "$seconds" \
    -W 300000 "$@" 10.20.30.40 2>&1 || true
}

# A report to the number of DISCOVERs sent, and that of ACKs received.
dhcp_counts() {
  awk '
    /Statistics for:/ { kind = $3 }
    /^sent packets/ && kind ~ /DISCOVER/ { sent = $3 }
    /^received packets/ && kind ~ /REQUEST/ { acks = $3 }
    END { print sent + 0, acks + 0 }'
}

dhcp_wait() {
  local i acks
  for ((i = 0; i < 60; i++)); do
    read -r _ acks < <(dhcp_ask 10 1 -n 2 | dhcp_counts)
    ((acks == 0)) || return 0
    kill -0 "$DHCP_PID" 2>/dev/null || break
  done
  fail "$UNAVAILABLE" "no answer of $1: $(tail -n 3 "$DHCP_DIR/$1/log")"
}

# dhcp_measure ours|kea: sets RATE, EACH and TURNS.
dhcp_measure() {
  local seconds=5 warm=10 before acks
  [[ $QUICK == no ]] || seconds=2 warm=2
  dhcp_start "$1"
  dhcp_wait "$1"
  note "$1: warming up, then measuring"
  dhcp_ask 500 $warm >/dev/null
  TURNS=$(dhcp_ask 100 $seconds -x t | dhcp_p99)
  before=$(dhcp_ticks)
  read -r _ acks < <(dhcp_ask 1000 $seconds | dhcp_counts)
  EACH=$(awk -v ticks=$(($(dhcp_ticks) - before)) -v acks="$acks" -v hz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.0f", acks / (ticks + 0.5) * hz }')
  dhcp_climb $seconds
  dhcp_stop
}

# The times of OFFERs in a report to how many as slow as the slowest of a hundred fit into a second.
dhcp_p99() {
  awk '
    /Timestamps for packets/ { inside = index($0, "DISCOVER-OFFER") }
    inside && /^sent \/ received/ && $6 != "" { print $6 - $4 }' | sort -g | awk '
    { value[NR] = $1 }
    END { at = int(NR * 0.99 + 0.5); print (NR > 0 && value[at] > 0) ? sprintf("%.0f", 1 / value[at]) : 0 }'
}

# The processor time of the server, in ticks.
dhcp_ticks() {
  sed 's/.*) //' "/proc/$DHCP_PID/stat" | awk '{ print $12 + $13 }'
}

# Sets RATE to the highest rate that was kept up, in steps of a quarter; a rate may fail twice, as others use the machine.
dhcp_climb() {
  local try sent acks
  RATE=0
  for ((try = 1000; try < 100000; try += try / 4)); do
    dhcp_keeps_up "$try" "$1" || dhcp_keeps_up "$try" "$1" || return 0
    RATE=$((acks / $1))
  done
}

# dhcp_keeps_up RATE SECONDS: sets acks. So much must have been sent too.
dhcp_keeps_up() {
  read -r sent acks < <(dhcp_ask "$1" "$2" | dhcp_counts)
  ((sent * 100 >= $1 * $2 * 95 && acks * 100 >= sent * 99))
}
