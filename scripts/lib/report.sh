# shellcheck shell=bash
# Shows a capture phase by phase, as tshark decodes it. Needs the pieces before it.

# Sets TSHARK to the words that read a capture of this lab. Bodies are not put together again: half a gigabyte would be
# kept in memory for nothing.
tshark_words() {
  TSHARK=(tshark -n -r "$1" -o http.desegment_body:FALSE -o tcp.desegment_tcp_streams:FALSE)
  [[ $(fact profile) != portable ]] || TSHARK+=(
    -d "udp.port==$(port_of dhcp),dhcp" -d "udp.port==$(port_of dhcp-client),dhcp"
    -d "udp.port==$(port_of dns),dns" -d "tcp.port==$(port_of http),http")
}

# Sets PORTS to awk's variables for the ports of this lab.
report_ports() {
  if [[ $(fact profile) == portable ]]; then
    PORTS=(-v http="$(port_of http)" -v dhcp="$(port_of dhcp)" -v dns="$(port_of dns)"
      -v proxy="$(port_of proxy)" -v scrap="$(port_of scrap)")
  else
    PORTS=(-v http=80 -v dhcp=67 -v dns=53 -v proxy=49152 -v scrap=49153)
  fi
}

# Prints the report; fails if a phase is missing or something is malformed: report_capture FILE.
report_capture() {
  local file=$1 fields=() field payloads
  for field in frame.number frame.time_relative ip.src ip.dst udp.srcport udp.dstport tcp.srcport tcp.dstport tcp.stream \
    tcp.len udp.length tcp.flags _ws.expert.severity _ws.malformed _ws.col.Info tcp.seq; do
    fields+=(-e "$field")
  done
  tshark_words "$file"
  report_ports
  payloads=$(mktemp)
  # shellcheck disable=SC2064 # the name of now
  trap "rm -f '$payloads'" RETURN
  signal_payloads >"$payloads"
  "${TSHARK[@]}" -T fields -E separator=/t -E occurrence=a -E aggregator=, "${fields[@]}" 2>/dev/null \
    | awk "${PORTS[@]}" -v payloads="$payloads" -v bold="$BOLD" -v dim="$DIM" -v plain="$PLAIN" -f "$LIB/report.awk"
}

# What RUDP and the scrap leg say, in hexadecimal: tshark does not know these protocols. They come before the bulk of
# the capture, so that reading can stop where the first download begins.
signal_payloads() {
  local limit proxy scrap
  proxy=49152 scrap=49153
  [[ $(fact profile) != portable ]] || proxy=$(port_of proxy) scrap=$(port_of scrap)
  limit=2000
  "${TSHARK[@]}" -c "$limit" -Y "udp.port == $proxy || (tcp.port == $scrap && tcp.len > 0)" \
    -T fields -E separator=/t -e frame.number -e udp.payload -e tcp.payload 2>/dev/null | tr -s '\t'
}
