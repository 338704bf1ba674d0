# shellcheck shell=bash
# files by RUDP beside HTTP over TCP CUBIC and BBR, over paths of 100 Mbit/s that are long and lose packets

# Goodput in Mbit/s, as the client sees it: a file of 50 MB, or what comes of it in 20 seconds. `client compare` is the
# path between both ends, for the kernel's TCP and for RUDP, with the same losses for each. The peer "limit" is what a
# perfect sender would deliver: full packets of 1500 octets with 1448 of the file, each lost one sent again.
bench_rudp() {
  local trips=(1 20 100) losses=(0 1 5 10 20) file=50MB.zip patience=20s trip loss peers
  [[ $QUICK == no ]] || trips=(20) losses=(0 5) patience=10s
  peers=$(rudp_peers)
  start_bench_lab
  for trip in "${trips[@]}"; do
    for loss in "${losses[@]}"; do
      rudp_cell "$trip" "$loss" "$file" "$patience" "$peers"
    done
  done
}

# cubic, and bbr where the kernel has it.
rudp_peers() {
  if grep -qw bbr /proc/sys/net/ipv4/tcp_available_congestion_control; then
    echo cubic,bbr
  else
    note "this kernel's TCP has no BBR: CUBIC is the only peer (sudo modprobe tcp_bbr)"
    echo cubic
  fi
}

# One path: rudp_cell RTT LOSS FILE PATIENCE PEERS, the round trip in milliseconds, the loss in percent.
rudp_cell() {
  local trip=$1 loss=$2 words document ours way rate
  words=rate=100mbit,queue=256,delay=$((trip * 500))us,seed=1
  ((loss == 0)) || words+=,loss=$loss%
  note "round trip $trip ms, loss $loss %: $(times) times by each way, at most $4 each"
  document=$("${LAB[@]}" run compare "$3" --impair "$words" --tcp "$5" --times "$(times)" --max-time "$4" --json) \
    || { no_figures "the comparison failed"; return 0; }
  ours=$(rudp_rates "$document" | sed -n 's/^RUDP\t//p')
  figure "mbit/rtt=${trip}ms/loss=$loss%/limit" "$ours" "$(awk -v loss="$loss" 'BEGIN { printf "%.2f", 1448 / 15 * (1 - loss / 100) }')"
  while IFS=$'\t' read -r way rate; do
    [[ $way == RUDP ]] || figure "mbit/rtt=${trip}ms/loss=$loss%/${way##*, }" "$ours" "$rate"
  done < <(rudp_rates "$document")
}

# A line a way: its name, and its median in Mbit/s. In the document a way's median comes before its tries.
rudp_rates() {
  awk -F'"' '
    $2 == "way" { way = $4 }
    $2 == "bitsPerSecond" && way != "" { gsub(/[^0-9]/, "", $3); printf "%s\t%.2f\n", way, $3 / 1e6; way = "" }
  ' <<<"$1"
}
