# Reads one line a packet (report.sh says which fields) and prints what each phase of a run looked like.

BEGIN {
  FS = "\t"
  while ((getline line < payloads) > 0) {
    split(line, part, "\t")
    said[part[1]] = text_of(part[2])
  }
  titles["scrape"] = "Scrape: the scrap server reads the index page"
  titles["dhcp"] = "DHCP: the client gets an address"
  titles["dns"] = "DNS: where the proxy is"
  titles["rudp"] = "RUDP: the client asks the proxy"
  titles["scrap"] = "TCP: the proxy asks the scrap server for the list"
  titles["http"] = "HTTP: the client fetches the files"
  phases = split("scrape dhcp dns rudp scrap http", order, " ")
}

{
  number = $1; time = $2; source = first($3); target = first($4); flags = first($12); info = $15
  port_a = first($5 != "" ? $5 : $7)
  port_b = first($6 != "" ? $6 : $8)
  stream = $9
  packets++
  last_time = time
  if (index("," $13 ",", ",8388608,")) errors++
  if ($14 != "") malformed++

  phase = phase_of()
  count[phase]++
  if (!(phase in from)) { from[phase] = number; began[phase] = time }
  to[phase] = number
  ended[phase] = time

  if (phase == "http") download()
  else if (phase == "scrape" && !is_first_scrape()) again[stream] = 1
  else show(phase, packet_line())
}

END {
  for (i = 1; i <= phases; i++) {
    phase = order[i]
    if (!count[phase]) {
      printf "%s%d  %s%s\n     no packet of it: something is wrong\n\n", bold, i, titles[phase], plain
      missing++
      continue
    }
    printf "%s%d  %s%s\n", bold, i, titles[phase], plain
    printf "%s   %s packet%s, frames %s%s, %.1f ms%s\n", dim, commas(count[phase]), (count[phase] > 1 ? "s" : ""), \
      from[phase], (to[phase] == from[phase] ? "" : " to " to[phase]), (ended[phase] - began[phase]) * 1000, plain
    if (phase == "http") show_downloads()
    else printf "%s", lines[phase]
    if (phase == "scrape" && length_of(again)) printf "   %9s  asked again %d time(s) since, whether the page has changed\n", "", length_of(again)
    printf "\n"
  }
  if (count["other"]) printf "Besides: %d packets\n%s\n", count["other"], lines["other"]
  printf "%s packets in %.1f s; malformed: %d, errors that tshark sees: %d\n", commas(packets), last_time, malformed, errors
  exit (missing || malformed || errors) ? 1 : 0
}

function phase_of() {
  if ($9 != "") {
    if (port_a == http || port_b == http) {
      if (!(stream in is_download)) is_download[stream] = is_client(port_a == http ? target : source)
      return is_download[stream] ? "http" : "scrape"
    }
    if (port_a == scrap && port_b == scrap || port_b == scrap || port_a == scrap) return "scrap"
    return "other"
  }
  if (port_a == dhcp || port_b == dhcp) return "dhcp"
  if (port_a == dns || port_b == dns) return "dns"
  if (port_a == proxy || port_b == proxy) return "rudp"
  return "other"
}

# The pool begins at .51; servers are below.
function is_client(address,  part) {
  split(address, part, ".")
  return part[4] >= 51 && part[4] <= 99
}

# The scrap server asks again now and then; only the first time is shown in full.
function is_first_scrape() {
  if (first_scrape == "") first_scrape = stream
  return stream == first_scrape
}

function packet_line() {
  return sprintf("   %9d  %9.3f ms  %21s -> %-21s  %s\n", number, (time - began[phase]) * 1000, \
    source ":" port_a, target ":" port_b, meaning())
}

# What a packet says, in one short line.
function meaning(  bytes) {
  bytes = $9 != "" ? $10 : $11 - 8
  if (number in said) return said[number] "  (" bytes " bytes)"
  if (stream != "" && bytes == 0) return tcp_flags()
  sub(/ +$/, "", info)
  sub(/ TSval=.*/, "", info)
  sub(/ +,/, ",", info)
  sub(/ *- Transaction ID/, ", xid", info)
  return short(info, 76) "  (" bytes " bytes)"
}

function tcp_flags(  text) {
  text = info
  if (!match(text, /\[[A-Z, ]*\]/)) return "TCP"
  return substr(text, RSTART + 1, RLENGTH - 2)
}

function show(phase, line) {
  if (++shown[phase] <= 40) lines[phase] = lines[phase] line
  else if (shown[phase] == 41) lines[phase] = lines[phase] sprintf("   %9s  and so on\n", "")
}

# --- downloads: the bulk is folded into one line each ---

function download() {
  if (!(stream in d_from)) {
    d_from[stream] = number
    d_began[stream] = time
    downloads[++n_downloads] = stream
    d_ends[stream] = source ":" port_a " -> " target ":" port_b
  }
  d_count[stream]++
  d_to[stream] = number
  if (port_b == http && $10 > 0 && !(stream in d_request)) {
    d_request[stream] = number
    sub(/ +$/, "", info)
    d_asked[stream] = info "  (" $10 " bytes)"
  }
  if (port_a == http && $10 > 0) {
    if (!(stream in d_response)) {
      d_response[stream] = number
      sub(/ +(\(|\[).*/, "", info)
      sub(/ +$/, "", info)
      d_answered[stream] = info
    }
    # By sequence number, so that what was sent twice counts once.
    if ($16 + $10 - 1 > d_bytes[stream]) d_bytes[stream] = $16 + $10 - 1
    d_data[stream]++
    d_last[stream] = number
    d_last_time[stream] = time
  }
  if (tcp_flags() ~ /FIN/ && !(stream in d_fin)) {
    d_fin[stream] = number
    d_closer[stream] = port_b == http ? "the client" : "the server"
  }
}

function show_downloads(  i, s, span) {
  for (i = 1; i <= n_downloads; i++) {
    s = downloads[i]
    span = d_last_time[s] - d_began[s]
    printf "   %9d  %s\n", d_from[s], d_ends[s]
    printf "   %9d  %s\n", d_request[s], d_asked[s]
    printf "   %9d  %s\n", d_response[s], d_answered[s]
    printf "   %9s  %s packets carry %s bytes, head included, in %.3f s%s\n", "to " d_last[s], commas(d_data[s]), commas(d_bytes[s]), span, \
      (span > 0 ? sprintf(", %.0f MB/s", d_bytes[s] / span / 1000000) : "")
    if (s in d_fin) printf "   %9d  FIN: %s closes first\n", d_fin[s], d_closer[s]
  }
}

# --- small things ---

function first(values,  part) {
  split(values, part, ",")
  return part[1]
}

function short(text, most) {
  return length(text) <= most ? text : substr(text, 1, most - 3) "..."
}

function commas(n,  text) {
  text = sprintf("%d", n)
  while (match(text, /[0-9][0-9][0-9][0-9]($|,)/)) text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
  return text
}

function length_of(array,  key, n) {
  for (key in array) n++
  return n + 0
}

function text_of(hex,  text, i, code) {
  gsub(/:/, "", hex)
  for (i = 1; i < length(hex) && i < 152; i += 2) {
    code = 16 * digit(substr(hex, i, 1)) + digit(substr(hex, i + 1, 1))
    if (code == 10) text = text " / "
    else text = text (code >= 32 && code < 127 ? sprintf("%c", code) : ".")
  }
  return text (length(hex) >= 152 ? "..." : "")
}

function digit(character) {
  return index("0123456789abcdef", tolower(character)) - 1
}
