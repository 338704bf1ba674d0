# shellcheck shell=bash
# answers by dns-server beside NSD and Knot: a second over UDP and over TCP, and a second of processor time

# A zone of a thousand names, and queries of which one in twenty is about a name that is not there. Server and generator
# have a processor each, so the figures are those of one. Ours is asked for some seconds before it is measured, until the
# JVM has compiled what is hot. dnsperf is often slower than the servers: how many answers a second of the processor
# gives is the figure that says most. "in_turn" is how many answers one would get in a second who waits for each, while
# 20,000 queries a second come.
bench_dns() {
  local peer
  need_for_dns
  DNS_DIR=$(mktemp -d)
  trap dns_end EXIT
  trap 'exit 130' INT TERM HUP
  dns_zone >"$DNS_DIR/example.com.zone"
  dns_queries >"$DNS_DIR/queries"
  dns_ours
  dns_warm_up
  for peer in nsd knotd; do
    if command -v "$peer" >/dev/null; then dns_beside "$peer"; else note "no $peer here: sudo apt-get install ${peer%d}"; fi
  done
}

need_for_dns() {
  command -v dnsperf >/dev/null || fail "$UNAVAILABLE" "dnsperf is missing: sudo apt-get install dnsperf"
  command -v taskset >/dev/null || fail "$UNAVAILABLE" "taskset is missing: sudo apt-get install util-linux"
}

dns_end() {
  local pid
  for pid in "${DNS_PIDS[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  rm -rf "$DNS_DIR"
}

DNS_PIDS=()

# shellcheck disable=SC2016 # these dollars are the zone file's
dns_zone() {
  printf '%s\n' '$ORIGIN example.com.' '$TTL 300' '@ SOA ns hostmaster 1 3600 900 604800 60' '@ NS ns' '@ A 127.0.0.10' \
    '@ MX 10 mail' 'ns A 127.0.0.1' 'mail A 127.0.0.13' 'www CNAME @' '*.dev A 127.0.0.77' 'sub NS ns.sub' 'ns.sub A 127.0.0.53'
  seq -f 'h%04g A 127.0.1.1' 0 999
}

dns_queries() {
  awk 'BEGIN {
    srand(1)
    for (i = 0; i < 20000; i++) {
      kind = int(rand() * 20); number = int(rand() * 1000)
      if (kind < 14) printf "h%04d.example.com A\n", number
      else if (kind < 15) print "www.example.com A"
      else if (kind < 16) print "example.com MX"
      else if (kind < 17) printf "x%d.dev.example.com A\n", number
      else if (kind < 18) printf "a%d.sub.example.com A\n", number
      else if (kind < 19) printf "h%04d.example.com AAAA\n", number
      else printf "nothing%d.example.com A\n", number
    }
  }'
}

# Each server on processor 0, with one thread.
dns_start() {
  taskset -c 0 "$@" >"$DNS_DIR/log" 2>&1 &
  DNS_PIDS+=($!)
  DNS_PID=$!
}

dns_ours() {
  [[ -f $(jar_of dns-server) ]] || package dns-server
  java_command dns-server
  DNS_PORT=5391
  dns_start "${JAVA[@]}" --listen 127.0.0.1:$DNS_PORT --threads 1 --zone "$DNS_DIR/example.com.zone"
  OURS_PID=$DNS_PID OURS_PORT=$DNS_PORT
  dns_wait
}

dns_peer() {
  local dir=$DNS_DIR/$1
  mkdir "$dir"
  DNS_PORT=5392
  [[ $1 == nsd ]] || DNS_PORT=5393
  case $1 in
    nsd)
      printf '%s\n' 'server:' " ip-address: 127.0.0.1@$DNS_PORT" ' server-count: 1' ' username: ""' ' chroot: ""' " zonesdir: \"$DNS_DIR\"" \
        ' database: ""' " pidfile: \"$dir/pid\"" " xfrdfile: \"$dir/xfrd\"" " zonelistfile: \"$dir/zones\"" " xfrdir: \"$dir\"" ' rrl-ratelimit: 0' \
        'remote-control:' ' control-enable: no' 'zone:' ' name: example.com' ' zonefile: example.com.zone' >"$dir/conf"
      dns_start nsd -d -c "$dir/conf" ;;
    knotd)
      printf '%s\n' 'server:' "  rundir: \"$dir\"" "  listen: 127.0.0.1@$DNS_PORT" '  udp-workers: 1' '  tcp-workers: 1' '  background-workers: 1' \
        'database:' "  storage: \"$dir\"" 'zone:' '  - domain: example.com' "    storage: \"$DNS_DIR\"" '    file: example.com.zone' \
        '    zonefile-sync: -1' '    journal-content: none' >"$dir/conf"
      dns_start knotd -c "$dir/conf" ;;
  esac
  dns_wait
}

dns_wait() {
  local i
  for ((i = 0; i < 100; i++)); do
    ! dnsperf -s 127.0.0.1 -p "$DNS_PORT" -d <(echo example.com A) -n 1 -t 1 2>/dev/null | grep -q 'completed: *1' || return 0
    sleep 0.1
  done
  fail "$UNAVAILABLE" "no answer at 127.0.0.1:$DNS_PORT: $(tail -3 "$DNS_DIR/log")"
}

dns_warm_up() {
  note "asking dns-server until it is warm"
  dns_ask "$OURS_PORT" 8 udp >/dev/null
  dns_ask "$OURS_PORT" 4 tcp >/dev/null
}

# dns_ask PORT SECONDS udp|tcp [RATE]: prints answers, answers a second, and the mean time to one in microseconds.
dns_ask() {
  local rate=()
  [[ -z ${4-} ]] || rate=(-Q "$4")
  taskset -c 1 dnsperf -s 127.0.0.1 -p "$1" -d "$DNS_DIR/queries" -l "$2" -m "$3" -c 8 -q 200 -T 1 "${rate[@]}" 2>/dev/null | awk '
    /completed:/ { count = $3 }
    /per second/ { rate = $4 }
    /Average Latency/ && !mean { mean = $4 * 1e6 }
    END { printf "%d %.0f %.1f\n", count, rate, mean }'
}

# The processor time of a process and its children, in ticks.
dns_ticks() {
  local pid sum=0 fields
  for pid in "$1" $(ps -o pid= --ppid "$1") $(ps -o pid= --ppid "$1" | xargs -rI{} ps -o pid= --ppid {}); do
    read -ra fields < <(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) || continue
    sum=$((sum + fields[11] + fields[12]))
  done
  echo "$sum"
}

# dns_measure PID PORT: sets QPS and TCP, both a second; EACH, answers a second of processor time; TURNS.
dns_measure() {
  local seconds=3 before after count
  [[ $QUICK == no ]] || seconds=1
  before=$(dns_ticks "$1")
  read -r count QPS _ < <(dns_ask "$2" $seconds udp)
  after=$(dns_ticks "$1")
  EACH=$(awk -v ticks=$((after - before)) -v count="$count" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.0f", count / (ticks + 0.5) * hz }')
  read -r _ _ TURNS < <(dns_ask "$2" $seconds udp 20000)
  TURNS=$(awk -v mean="$TURNS" 'BEGIN { printf "%.0f", 1e6 / mean }')
  read -r _ TCP _ < <(dns_ask "$2" $seconds tcp)
}

# In turns, so that what else goes on meets both alike; the medians count.
dns_beside() {
  local peer=$1 i ours=() theirs=() names=(udp_qps tcp_qps answers_per_cpu_s in_turn) column
  dns_peer "$peer"
  note "dns-server and $peer in turns, $(times) times"
  for ((i = 0; i < $(times); i++)); do
    dns_measure "$OURS_PID" "$OURS_PORT"; ours+=("$QPS $TCP $EACH $TURNS")
    dns_measure "$DNS_PID" "$DNS_PORT"; theirs+=("$QPS $TCP $EACH $TURNS")
  done
  for column in 1 2 3 4; do
    figure "${names[column - 1]}/$peer" "$(median_of $column "${ours[@]}")" "$(median_of $column "${theirs[@]}")"
  done
}
