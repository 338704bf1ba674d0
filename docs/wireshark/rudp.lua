-- RUDP in Wireshark: the text messages and the binary packets of docs/rudp.md. docs/wireshark/README.md says how to
-- install it, and has a table of the fields. Runs on Lua 5.2 (Wireshark 4.0) to 5.4 (4.4 and later).
--
-- What is read from octets is read by plain functions over strings, that know nothing of Wireshark; what is remembered
-- of sessions and connections is below them; what is shown stands last.

-- Wireshark knows another protocol by the name "rudp", Cisco's Reliable UDP, and takes each name once.
local rudp = Proto("wrudp", "RUDP (wirelab)")

--------------------------------------------------------------------------------------------------------- what is shown

local PACKET_TYPES = { [0] = "INITIAL", [1] = "DATA", [2] = "RETRY", [3] = "RESET" }
local FRAME_TYPES = {
  [0x00] = "PADDING", [0x01] = "PING", [0x02] = "ACK", [0x03] = "OPEN", [0x04] = "ACCEPT", [0x05] = "MAX_DATA",
  [0x06] = "MAX_STREAM_DATA", [0x07] = "MAX_STREAMS", [0x08] = "TOKEN", [0x09] = "CLOSE", [0x10] = "STREAM",
  [0x11] = "STREAM with FIN",
}
local CLOSE_CODES = {
  [0] = "done", [1] = "malformed", [2] = "protocol violation", [3] = "flow control", [4] = "no room",
  [5] = "idle time-out", [6] = "handshake time-out", [7] = "reset",
}
local BAD, GOOD, UNVERIFIED = 0, 1, 2
local CHECK_STATUS = { [BAD] = "Bad", [GOOD] = "Good", [UNVERIFIED] = "Unverified" }

-- By the name behind "rudp.".
local fields = {
  ["type"] = ProtoField.string("rudp.type", "Type"),
  ["id"] = ProtoField.uint32("rudp.id", "Id", base.DEC),
  ["session"] = ProtoField.uint32("rudp.session", "Session index", base.DEC),
  ["user"] = ProtoField.string("rudp.user", "User"),
  ["echo.time"] = ProtoField.string("rudp.echo.time", "Client's time"),
  ["request"] = ProtoField.string("rudp.request", "Request for the scrap server"),
  ["content"] = ProtoField.string("rudp.content", "Content"),
  ["name"] = ProtoField.string("rudp.name", "File"),
  ["failure"] = ProtoField.string("rudp.failure", "Failure"),
  ["part"] = ProtoField.none("rudp.part", "Part"),
  ["part.number"] = ProtoField.uint32("rudp.part.number", "Part number", base.DEC),
  ["part.count"] = ProtoField.uint32("rudp.part.count", "Parts", base.DEC),
  ["part.checksum"] = ProtoField.uint32("rudp.part.checksum", "CRC-32 of the whole content", base.HEX),
  ["part.data"] = ProtoField.bytes("rudp.part.data", "Octets of the part"),
  ["lost.range"] = ProtoField.string("rudp.lost.range", "Missing parts"),
  ["lost.first"] = ProtoField.uint32("rudp.lost.first", "First missing part", base.DEC),
  ["lost.last"] = ProtoField.uint32("rudp.lost.last", "Last missing part", base.DEC),
  ["stat.wanted"] = ProtoField.string("rudp.stat.wanted", "Asks besides for"),
  ["stat.sent"] = ProtoField.uint64("rudp.stat.sent", "Packets sent", base.DEC),
  ["stat.lost"] = ProtoField.uint64("rudp.stat.lost", "Packets lost", base.DEC),
  ["stat.connected"] = ProtoField.relative_time("rudp.stat.connected", "Connected time"),
  ["stat.connections"] = ProtoField.uint64("rudp.stat.connections", "Connections", base.DEC),
  ["stat.connection"] = ProtoField.none("rudp.stat.connection", "Connection"),
  ["stat.connection.rtt"] = ProtoField.relative_time("rudp.stat.connection.rtt", "Round trip"),
  ["stat.connection.least_rtt"] = ProtoField.relative_time("rudp.stat.connection.least_rtt", "Least round trip"),
  ["stat.connection.window"] = ProtoField.uint64("rudp.stat.connection.window", "Congestion window", base.DEC),
  ["stat.connection.in_flight"] = ProtoField.uint64("rudp.stat.connection.in_flight", "Octets in flight", base.DEC),
  ["stat.connection.pacing_rate"] = ProtoField.uint64("rudp.stat.connection.pacing_rate", "Octets a second", base.DEC),
  ["stat.connection.sent"] = ProtoField.uint64("rudp.stat.connection.sent", "Packets sent", base.DEC),
  ["stat.connection.lost"] = ProtoField.uint64("rudp.stat.connection.lost", "Packets lost", base.DEC),
  ["stat.connection.retransmitted"] =
    ProtoField.uint64("rudp.stat.connection.retransmitted", "Octets sent again", base.DEC),
  ["unknown"] = ProtoField.bytes("rudp.unknown", "Unknown octets"),

  ["version"] = ProtoField.uint8("rudp.version", "Version", base.DEC, nil, 0x78),
  ["packet_type"] = ProtoField.uint8("rudp.packet_type", "Packet type", base.DEC, PACKET_TYPES, 0x07),
  ["number"] = ProtoField.uint64("rudp.number", "Packet number", base.DEC),
  ["cid"] = ProtoField.bytes("rudp.cid", "Connection id"),
  ["connection"] = ProtoField.uint32("rudp.connection", "Connection index", base.DEC),
  ["check"] = ProtoField.uint32("rudp.check", "CRC-32C", base.HEX),
  ["check.status"] = ProtoField.uint8("rudp.check.status", "CRC-32C status", base.DEC, CHECK_STATUS),
  ["frame"] = ProtoField.none("rudp.frame", "Frame"),
  ["frame.type"] = ProtoField.uint8("rudp.frame.type", "Frame type", base.HEX, FRAME_TYPES),
  ["padding.length"] = ProtoField.uint32("rudp.padding.length", "Octets of padding", base.DEC),
  ["ack.largest"] = ProtoField.uint64("rudp.ack.largest", "Largest packet number that arrived", base.DEC),
  ["ack.delay"] = ProtoField.uint64("rudp.ack.delay", "Delay in microseconds", base.DEC),
  ["ack.map"] = ProtoField.bytes("rudp.ack.map", "Map"),
  ["ack.map.length"] = ProtoField.uint64("rudp.ack.map.length", "Octets of the map", base.DEC),
  ["ack.range"] = ProtoField.string("rudp.ack.range", "Arrived"),
  ["max_datagram"] = ProtoField.uint64("rudp.max_datagram", "Longest datagram", base.DEC),
  ["max_data"] = ProtoField.uint64("rudp.max_data", "MAX_DATA", base.DEC),
  ["max_stream_data"] = ProtoField.uint64("rudp.max_stream_data", "MAX_STREAM_DATA", base.DEC),
  ["max_streams"] = ProtoField.uint64("rudp.max_streams", "MAX_STREAMS", base.DEC),
  ["idle_timeout"] = ProtoField.uint64("rudp.idle_timeout", "Idle time-out in milliseconds", base.DEC),
  ["token"] = ProtoField.bytes("rudp.token", "Token"),
  ["token.length"] = ProtoField.uint64("rudp.token.length", "Token length", base.DEC),
  ["server_cid"] = ProtoField.bytes("rudp.server_cid", "Server's connection id"),
  ["close.code"] = ProtoField.uint64("rudp.close.code", "Code", base.DEC),
  ["close.meaning"] = ProtoField.string("rudp.close.meaning", "Meaning"),
  ["close.length"] = ProtoField.uint64("rudp.close.length", "Reason length", base.DEC),
  ["close.reason"] = ProtoField.string("rudp.close.reason", "Reason"),
  ["stream.id"] = ProtoField.uint64("rudp.stream.id", "Stream", base.DEC),
  ["stream.offset"] = ProtoField.uint64("rudp.stream.offset", "Offset", base.DEC),
  ["stream.fin"] = ProtoField.bool("rudp.stream.fin", "FIN", 8, nil, 0x01),
  ["stream.length"] = ProtoField.uint32("rudp.stream.length", "Octets", base.DEC),
  ["stream.data"] = ProtoField.bytes("rudp.stream.data", "Data"),
  ["file.request"] = ProtoField.string("rudp.file.request", "File request"),
  ["file.reply"] = ProtoField.string("rudp.file.reply", "File reply"),
  ["file.target"] = ProtoField.string("rudp.file.target", "Target"),
  ["file.validator"] = ProtoField.string("rudp.file.validator", "Validator"),
  ["file.offset"] = ProtoField.uint64("rudp.file.offset", "File offset", base.DEC),
  ["file.size"] = ProtoField.uint64("rudp.file.size", "File size", base.DEC),
  ["file.status"] = ProtoField.uint32("rudp.file.status", "Status", base.DEC),
  ["file.reason"] = ProtoField.string("rudp.file.reason", "Reason"),

  ["response_in"] = ProtoField.framenum("rudp.response_in", "Response in", base.NONE, frametype.RESPONSE),
  ["response_to"] = ProtoField.framenum("rudp.response_to", "Response to", base.NONE, frametype.REQUEST),
  ["retransmission_of"] =
    ProtoField.framenum("rudp.retransmission_of", "Sent before in", base.NONE, frametype.RETRANS_PREV),
  ["duplicate_of"] = ProtoField.framenum("rudp.duplicate_of", "Duplicate of", base.NONE, frametype.DUP_ACK),
  ["acked_in"] = ProtoField.framenum("rudp.acked_in", "Acknowledged in", base.NONE, frametype.ACK),
  ["acks"] = ProtoField.framenum("rudp.acks", "The largest one is", base.NONE, frametype.ACK),
  ["time"] = ProtoField.relative_time("rudp.time", "Time since the request"),
  ["rtt"] = ProtoField.relative_time("rudp.rtt", "Round trip"),
}

-- `rudp` as a filter finds these packets too. Where a field cannot have that name, `wrudp` still does.
local has_name, name_field = pcall(ProtoField.new, "RUDP", "rudp", ftypes.PROTOCOL)

local all_fields = { has_name and name_field or nil }
for _, field in pairs(fields) do
  table.insert(all_fields, field)
end
rudp.fields = all_fields

local marks = {
  malformed = ProtoExpert.new("rudp.malformed", "Malformed RUDP", expert.group.MALFORMED, expert.severity.ERROR),
  bad_check = ProtoExpert.new("rudp.check.bad", "The CRC-32C does not fit: a receiver drops this packet",
    expert.group.CHECKSUM, expert.severity.ERROR),
  retransmission = ProtoExpert.new("rudp.retransmission", "Sent again", expert.group.SEQUENCE, expert.severity.NOTE),
  duplicate = ProtoExpert.new("rudp.duplicate", "A duplicate", expert.group.SEQUENCE, expert.severity.NOTE),
  unasked = ProtoExpert.new("rudp.unasked", "No request of this capture is answered by it",
    expert.group.SEQUENCE, expert.severity.NOTE),
  lost = ProtoExpert.new("rudp.lost", "Parts are missing", expert.group.SEQUENCE, expert.severity.NOTE),
  full = ProtoExpert.new("rudp.full", "The server has no room", expert.group.RESPONSE_CODE, expert.severity.WARN),
  no_session = ProtoExpert.new("rudp.no_session", "The server has no session for this request",
    expert.group.RESPONSE_CODE, expert.severity.WARN),
  no_connection = ProtoExpert.new("rudp.no_connection", "There is no connection with this id",
    expert.group.RESPONSE_CODE, expert.severity.WARN),
  failed = ProtoExpert.new("rudp.failed", "The answer is a failure", expert.group.RESPONSE_CODE, expert.severity.WARN),
  cut_short = ProtoExpert.new("rudp.cut_short", "The list does not end with ';': it was cut short",
    expert.group.RESPONSE_CODE, expert.severity.WARN),
  mismatch = ProtoExpert.new("rudp.part.mismatch", "The parts together do not have the checksum that they tell",
    expert.group.CHECKSUM, expert.severity.ERROR),
  unknown = ProtoExpert.new("rudp.unknown_type", "A type that this version does not know",
    expert.group.UNDECODED, expert.severity.NOTE),
}
local all_marks = {}
for _, mark in pairs(marks) do
  table.insert(all_marks, mark)
end
rudp.experts = all_marks

---------------------------------------------------------------------------------------------------------------- octets

-- bit32 is Lua 5.2's, the operator is of 5.3 and later and cannot even be read by 5.2.
local xor = bit32 and bit32.bxor or load("return function(a, b) return a ~ b end")()

-- Four tables, for four octets at a time; `polynomial` with its bits in reverse.
local function crc_tables(polynomial)
  local tables = { {}, {}, {}, {} }
  for octet = 0, 255 do
    local sum = octet
    for _ = 1, 8 do
      local low = sum % 2
      sum = (sum - low) / 2
      if low == 1 then
        sum = xor(math.floor(sum), polynomial)
      end
    end
    tables[1][octet] = math.floor(sum)
  end
  for octet = 0, 255 do
    for i = 2, 4 do
      local before = tables[i - 1][octet]
      tables[i][octet] = xor(math.floor((before - before % 256) / 256), tables[1][before % 256])
    end
  end
  return tables
end

-- The CRC of the first `length` octets of a string.
local function crc(tables, text, length)
  local one, two, three, four = tables[1], tables[2], tables[3], tables[4]
  local byte, floor = string.byte, math.floor
  local sum = 0xffffffff
  local at = 1
  while at + 3 <= length do
    local a, b, c, d = byte(text, at, at + 3)
    local word = xor(sum, a + b * 256 + c * 65536 + d * 16777216)
    local first = word % 256
    word = (word - first) / 256
    local second = word % 256
    word = (word - second) / 256
    local third = word % 256
    sum = xor(xor(four[first], three[second]), xor(two[third], one[(word - third) / 256]))
    at = at + 4
  end
  while at <= length do
    local index = xor(sum, byte(text, at)) % 256
    sum = xor(floor(sum / 256), one[index])
    at = at + 1
  end
  return xor(sum, 0xffffffff)
end

local CRC32 = crc_tables(0xedb88320)
local CRC32C = crc_tables(0x82f63b78)

-- Numbers of 64 bits as two halves, since Lua 5.2 has only 53.
local function wide(high, low)
  return { high = high, low = low }
end

-- Digits as such a number; at most 18 of them.
local function wide_of(digits)
  local high, low = 0, 0
  for digit in digits:gmatch("%d") do
    low = low * 10 + tonumber(digit)
    local carry = math.floor(low / 4294967296)
    low = low - carry * 4294967296
    high = (high * 10 + carry) % 4294967296
  end
  return wide(high, low)
end

-- A span of time as whole seconds and nanoseconds.
local function span(seconds)
  local whole = math.floor(seconds)
  return { seconds = whole, nanos = math.min(math.floor((seconds - whole) * 1e9 + 0.5), 999999999) }
end

local UTF8 = {
  "^[\194-\223][\128-\191]", "^\224[\160-\191][\128-\191]", "^[\225-\236\238\239][\128-\191][\128-\191]",
  "^\237[\128-\159][\128-\191]", "^\240[\144-\191][\128-\191][\128-\191]",
  "^[\241-\243][\128-\191][\128-\191][\128-\191]", "^\244[\128-\143][\128-\191][\128-\191]",
}

-- Text as it can be shown: UTF-8 as it is, other octets and control characters escaped.
local function printable(text)
  if not text:find("[^ -~]") then
    return text
  end
  local shown, at = {}, 1
  while at <= #text do
    local piece = text:match("^[ -~]+", at)
    for i = 1, piece and 0 or #UTF8 do
      piece = piece or text:match(UTF8[i], at)
    end
    shown[#shown + 1] = piece or (text:byte(at) == 10 and "\\n" or string.format("\\x%02x", text:byte(at)))
    at = at + (piece and #piece or 1)
  end
  return table.concat(shown)
end

local function short(text, most)
  text = printable(text)
  return #text <= most and text or text:sub(1, most - 3):gsub("[\128-\255]*$", "") .. "..."
end

-- Ends the reading of a message or packet: octet number `at`, from 0, is not what it should be.
local function broken(at, why)
  error({ at = at, why = why }, 0)
end

-- Runs a reader; what it says by broken() becomes result.broken. Anything else is a fault of this script.
local function guarded(result, reader)
  local ok, fault = pcall(reader)
  if not ok then
    if type(fault) ~= "table" then
      error(fault, 0)
    end
    result.broken = fault
  end
  return result
end

-------------------------------------------------------------------------------------------- messages: docs/rudp.md, 3

local FROM_CLIENT = { SIGNEW = true, SIGNECHO = true, SIGNSTAT = true, SIGNGET = true, SIGNLOST = true }
local ANSWERS = { SIGNEW = "SIGNACK", SIGNECHO = "ECHOREPLY", SIGNSTAT = "STATREPLY", SIGNGET = "ACKGET" }
local KNOWN = { SIGNLOST = true, SIGNFULL = true, SIGNEND = true }
for request, reply in pairs(ANSWERS) do
  KNOWN[request] = true
  KNOWN[reply] = true
end
local MOST_PARTS, MOST_RANGES, LAST_ID = 4096, 64, 4294967295

-- Reads a message front to back. `items` are what is shown: field, first octet, octets, value, items below.
local function reader_of(text, items)
  local reader = { at = 1 }
  function reader.rest()
    return text:sub(reader.at)
  end
  function reader.match(pattern)
    return text:match("^" .. pattern, reader.at)
  end
  function reader.item(field, length, value, into)
    local item = { field = field, from = reader.at - 1, length = length, value = value, items = {} }
    table.insert(into or items, item)
    reader.at = reader.at + length
    return item
  end
  function reader.skip(word)
    if text:sub(reader.at, reader.at + #word - 1) ~= word then
      broken(reader.at - 1, "expected '" .. word .. "'")
    end
    reader.at = reader.at + #word
  end
  function reader.number(field, most, into)
    local digits = reader.match("[1-9]%d*")
    if not digits or #digits > 10 or tonumber(digits) > most then
      broken(reader.at - 1, string.format("expected a number from 1 to %.0f, without leading zeros", most))
    end
    reader.item(field, #digits, tonumber(digits), into)
    return tonumber(digits)
  end
  function reader.count(field, into)
    local digits = reader.match("%d+")
    if not digits or #digits > 18 or digits:find("^0%d") then
      broken(reader.at - 1, "expected a number")
    end
    reader.item(field, #digits, wide_of(digits), into)
    return digits
  end
  -- A decimal fraction of seconds, or of what is 1/`unit` of them.
  function reader.time(field, pattern, unit, into)
    local digits = reader.match(pattern)
    if not digits or #digits > 16 then
      broken(reader.at - 1, "expected a time")
    end
    reader.item(field, #digits, span(tonumber(digits) / unit), into)
  end
  function reader.finish()
    if reader.at <= #text then
      broken(reader.at - 1, string.format("%d octets after the end", #text - reader.at + 1))
    end
  end
  return reader
end

-- What the scrap server said: names, each with a ";" behind, or a failure (docs/scrap.md section 3).
local function read_content(message, text, from, items)
  local failure = text:match("^#(%l+ .*)$")
  if failure then
    message.failure = printable(failure)
    table.insert(items, { field = "failure", from = from, length = #text, value = message.failure, items = {} })
    return
  end
  message.names = {}
  for at, name in text:gmatch("()([^;]+);") do
    local shown = printable(name:gsub("%%(%x%x)", function(hex)
      return string.char(tonumber(hex, 16))
    end))
    table.insert(message.names, shown)
    table.insert(items, { field = "name", from = from + at - 1, length = #name, value = shown, items = {} })
  end
  message.cut_short = text ~= "" and text:sub(-1) ~= ";"
end

local readers = {}

function readers.SIGNEW(message, reader)
  reader.skip(":")
  local user = reader.match("[!-9<-~]+$")
  if not user or #user > 32 then
    broken(reader.at - 1, "expected a user of 1 to 32 visible characters without ':' and ';'")
  end
  message.user = user
  reader.item("user", #user, user)
end

function readers.SIGNACK(_, reader)
  reader.finish()
end

local function numbered(message, reader)
  reader.skip(":")
  message.id = reader.number("id", LAST_ID)
end

function readers.SIGNECHO(message, reader)
  numbered(message, reader)
  reader.skip(";")
  local time = reader.match("[%d.]+$")
  if not time or #time > 32 then
    broken(reader.at - 1, "expected a time of digits and a point")
  end
  message.time = time
  reader.item("echo.time", #time, time)
end
readers.ECHOREPLY = readers.SIGNECHO

function readers.SIGNSTAT(message, reader)
  numbered(message, reader)
  if reader.rest() ~= "" then
    reader.skip(";")
    if reader.rest() ~= "transport" then
      broken(reader.at - 1, "expected 'transport' or the end")
    end
    message.wanted = "transport"
    reader.item("stat.wanted", 9, "transport")
  end
end

function readers.STATREPLY(message, reader)
  numbered(message, reader)
  reader.skip(";Packets sent: ")
  message.sent = reader.count("stat.sent")
  reader.skip("\nPackets lost: ")
  message.lost = reader.count("stat.lost")
  reader.skip("\nConnected time: ")
  reader.time("stat.connected", "%d+%.%d%d", 1)
  reader.skip(" seconds")
  if reader.rest() ~= "" then
    reader.skip("\nConnections: ")
    reader.count("stat.connections")
  end
  while reader.rest() ~= "" do
    reader.skip("\n")
    local line = reader.item("stat.connection", 0)
    reader.skip("Connection: rtt ")
    reader.time("stat.connection.rtt", "%d+%.%d%d%d", 1000, line.items)
    reader.skip(" ms, least rtt ")
    reader.time("stat.connection.least_rtt", "%d+%.%d%d%d", 1000, line.items)
    reader.skip(" ms")
    for _, what in ipairs({ "window", "in flight", "pacing rate", "sent", "lost", "retransmitted" }) do
      reader.skip(", " .. what .. " ")
      reader.count("stat.connection." .. what:gsub(" ", "_"), line.items)
    end
    line.length = reader.at - 1 - line.from
  end
end

function readers.SIGNGET(message, reader)
  numbered(message, reader)
  reader.skip(";")
  message.request = printable(reader.rest())
  reader.item("request", #reader.rest(), message.request)
end

function readers.ACKGET(message, reader)
  numbered(message, reader)
  reader.skip(";")
  if not reader.match("#%d") then
    local text = reader.rest()
    local content = reader.item("content", #text, short(text, 2000))
    read_content(message, text, content.from, content.items)
    return
  end
  local part = reader.item("part", 0)
  reader.skip("#")
  message.part = reader.number("part.number", MOST_PARTS, part.items)
  reader.skip("/")
  message.parts = reader.number("part.count", MOST_PARTS, part.items)
  if message.parts < 2 or message.part > message.parts then
    broken(part.from, "parts are numbered from 1 to their count, which is 2 at least")
  end
  reader.skip("/")
  message.checksum = reader.match(("[0-9a-f]"):rep(8))
  if not message.checksum then
    broken(reader.at - 1, "expected eight hexadecimal digits")
  end
  reader.item("part.checksum", 8, tonumber(message.checksum, 16), part.items)
  reader.skip(";")
  message.data = reader.rest()
  if message.data == "" then
    broken(reader.at - 1, "a part has one octet at least")
  end
  reader.item("part.data", #message.data, nil, part.items)
  part.length = reader.at - 1 - part.from
end

function readers.SIGNLOST(message, reader)
  numbered(message, reader)
  message.ranges = {}
  while reader.rest() ~= "" do
    reader.skip(#message.ranges == 0 and ";" or ",")
    if #message.ranges == MOST_RANGES then
      broken(reader.at - 1, "more than 64 ranges")
    end
    local text = reader.match("%d+%-%d+") or reader.match("%d+") or ""
    local range = reader.item("lost.range", 0, text)
    local first = reader.number("lost.first", MOST_PARTS, range.items)
    local last = first
    if reader.match("%-") then
      reader.skip("-")
      last = reader.number("lost.last", MOST_PARTS, range.items)
      if last <= first then
        broken(range.from, "a range goes up")
      end
    end
    range.length = #text
    table.insert(message.ranges, { first = first, last = last })
  end
end

local function optional_id(message, reader)
  if reader.rest() ~= "" then
    numbered(message, reader)
  end
  reader.finish()
end
readers.SIGNFULL = optional_id
readers.SIGNEND = optional_id

-- Reads a message. Its `type` is nil if it does not even begin as one does.
local function read_message(text)
  local message = { items = {} }
  local kind = text:match("^%u+")
  if not kind or #kind > 16 or (#kind < #text and text:sub(#kind + 1, #kind + 1) ~= ":") then
    return message
  end
  message.type = kind
  local reader = reader_of(text, message.items)
  reader.item("type", #kind, kind)
  return guarded(message, function()
    if readers[kind] then
      readers[kind](message, reader)
      reader.finish()
    elseif reader.rest() ~= "" then
      reader.item("unknown", #reader.rest())
    end
  end)
end

------------------------------------------------------------------------------------- packets: docs/rudp.md, 11 and 12

local HEADER, CHECK = 16, 4
local MOST_RANGES_SHOWN = 64
-- Places where a datagram may be cut, that are tried; octets that look like a header there are an accident.
local MOST_CUTS = 8

local function hex(text)
  return (text:gsub(".", function(octet)
    return string.format("%02x", octet:byte())
  end))
end

-- Reads a number of 1, 2, 4 or 8 octets: its value as far as Lua has it, as two halves, and how many octets it takes.
local function varint(text, at, last)
  if at > last then
    broken(at - 1, "expected a number, found the end")
  end
  local first = text:byte(at)
  local length = 2 ^ math.floor(first / 64)
  length = math.floor(length)
  if at + length - 1 > last then
    broken(at - 1, string.format("expected a number of %d octets, found %d", length, last - at + 1))
  end
  local high, low = 0, first % 64
  for i = at + 1, at + length - 1 do
    if i == at + 4 then
      high, low = low, 0
    end
    low = low * 256 + text:byte(i)
  end
  return high * 4294967296 + low, wide(high, low), length
end

-- Reads the frames from octet `at` to `last`, from 1; fills packet.frames and packet.items.
local function read_frames(packet, text, at, last)
  local frame -- the one that is read

  local function item(field, length, value)
    local new = { field = field, from = at - 1, length = length, value = value, items = {} }
    table.insert(frame.items, new)
    at = at + length
    return new
  end
  local function number(field, most)
    local value, halves, length = varint(text, at, last)
    if most and value > most then
      broken(at - 1, string.format("%.0f is more than %.0f", value, most))
    end
    item(field, length, halves)
    return value
  end
  local function within(length)
    if at + length - 1 > last then
      broken(at - 1, string.format("expected %.0f octets, found %d", length, last - at + 1))
    end
    return length
  end
  local function octets(field, length_field, most, show)
    local length = within(number(length_field, most))
    local content = text:sub(at, at + length - 1)
    if length > 0 then
      item(field, length, show and show(content) or nil)
    end
    return content
  end
  local function parameters()
    number("max_datagram", 65507)
    number("max_data")
    number("max_stream_data")
    number("max_streams", 536870911)
    number("idle_timeout", 86400000)
  end

  local kinds = {}
  kinds[0x00] = function()
    local run = text:match("^\0*", at)
    local more = math.min(#run, last - at + 1)
    item("padding.length", more, more + 1)
    frame.length = more + 1
  end
  kinds[0x01] = function() end
  kinds[0x02] = function()
    frame.largest = number("ack.largest", 2 ^ 56 - 1)
    frame.delay = number("ack.delay")
    local length = within(number("ack.map.length", last))
    local from, to = at, at + length - 1
    local map = length > 0 and item("ack.map", length)
    -- section 12.1: what arrived, largest first, in runs that do not touch
    frame.ranges = {}
    local top, next_one = frame.largest, frame.largest - 1
    local function gap()
      if top > next_one then
        table.insert(frame.ranges, { low = next_one + 1, high = top })
      end
    end
    for i = from, to do
      local octet = text:byte(i)
      if octet < 0x80 then
        for bit = 6, 0, -1 do
          if math.floor(octet / 2 ^ bit) % 2 == 0 then
            gap()
            top = next_one - 1
          elseif next_one < 0 then
            broken(i - 1, "an ACK of packets below number 0")
          end
          next_one = next_one - 1
        end
      else
        next_one = next_one - (octet < 0xc0 and octet % 64 + 8 or (octet % 64 + 1) * 64)
        if next_one < -1 then
          broken(i - 1, "an ACK of packets below number 0")
        end
      end
    end
    gap()
    for i = 1, math.min(#frame.ranges, MOST_RANGES_SHOWN) do
      local range = frame.ranges[i]
      local shown = string.format(range.low == range.high and "%.0f" or "%.0f to %.0f", range.high, range.low)
      table.insert(map and map.items or frame.items,
        { field = "ack.range", from = from - 1, length = length, value = shown, items = {}, generated = true })
    end
  end
  kinds[0x03] = function()
    parameters()
    octets("token", "token.length", 64)
  end
  kinds[0x04] = function()
    within(8)
    packet.server_cid = hex(text:sub(at, at + 7))
    item("server_cid", 8)
    parameters()
  end
  kinds[0x05] = function()
    number("max_data")
  end
  kinds[0x06] = function()
    number("stream.id", 1073741823)
    number("max_stream_data")
  end
  kinds[0x07] = function()
    number("max_streams", 536870911)
  end
  kinds[0x08] = function()
    octets("token", "token.length", 64)
  end
  kinds[0x09] = function()
    frame.code = number("close.code")
    frame.meaning = CLOSE_CODES[frame.code] or frame.code >= 256 and "the application's" or "unknown"
    table.insert(frame.items, { field = "close.meaning", from = at - 2, length = 1, value = frame.meaning, items = {},
      generated = true })
    frame.reason = printable(octets("close.reason", "close.length", 256, printable))
  end
  kinds[0x10] = function()
    frame.stream = number("stream.id", 1073741823)
    frame.offset = number("stream.offset")
    table.insert(frame.items, 1, { field = "stream.fin", from = frame.from, length = 1, items = {} })
    frame.fin = text:byte(frame.from + 1) == 0x11
    frame.octets = last - at + 1
    if frame.octets > 0 then
      frame.content_at = at
      table.insert(frame.items, { field = "stream.length", from = at - 1, length = frame.octets, value = frame.octets,
        items = {}, generated = true })
      frame.data = item("stream.data", frame.octets)
    end
  end
  kinds[0x11] = kinds[0x10]

  while at <= last do
    local kind = text:byte(at)
    frame = { kind = kind, name = FRAME_TYPES[kind], from = at - 1, items = {} }
    if not frame.name then
      broken(at - 1, string.format("a frame of unknown type 0x%02x", kind))
    end
    local shown = { field = "frame", from = at - 1, length = last - at + 1, text = frame.name, items = frame.items }
    table.insert(packet.items, shown)
    item("frame.type", 1)
    kinds[kind]()
    shown.length = at - 1 - shown.from
    table.insert(packet.frames, frame)
  end
end

-- Reads a packet; nil if it is none of this version. `cut` if the capture does not have all of it; `status` of its
-- check if that is known.
local function read_packet(text, cut, status)
  local first = text:byte(1)
  if first < 0x88 or first > 0x8b then
    return nil
  end
  local packet = { items = {}, frames = {}, status = status or UNVERIFIED }
  packet.type = PACKET_TYPES[first % 4]
  local function item(field, from, length, value)
    table.insert(packet.items, { field = field, from = from, length = length, value = value, items = {} })
  end
  return guarded(packet, function()
    item("type", 0, 1, packet.type)
    item("version", 0, 1)
    item("packet_type", 0, 1)
    if #text < HEADER + (cut and 0 or CHECK) then
      broken(0, "expected 20 octets or more")
    end
    local high, low = 0, 0
    for i = 2, 4 do
      high = high * 256 + text:byte(i)
    end
    for i = 5, 8 do
      low = low * 256 + text:byte(i)
    end
    packet.number = high * 4294967296 + low
    packet.cid = hex(text:sub(9, 16))
    item("number", 1, 7, wide(high, low))
    item("cid", 8, 8)
    local last = cut and #text or #text - CHECK
    if not cut and not status then
      local a, b, c, d = text:byte(last + 1, last + 4)
      local found = ((a * 256 + b) * 256 + c) * 256 + d
      packet.status = found == crc(CRC32C, text, last) and GOOD or BAD
    end
    -- A receiver drops such a packet; what was a frame once may mean anything.
    if packet.status == BAD then
      if last > HEADER then
        item("unknown", HEADER, last - HEADER)
      end
    else
      read_frames(packet, text, HEADER + 1, last)
    end
    if not cut then
      item("check", last, CHECK)
    end
  end)
end

-- Where the packets of a datagram begin and how long they are. Linux takes many datagrams of one length in one call
-- (UDP_SEGMENT), and a capture on its loopback device has them before they are cut: all of one length, but the last.
local function packets_in(text)
  local cid, length = text:sub(9, 16), #text
  local next_one = text:find(cid, HEADER + CHECK + 9, true)
  local tries = MOST_CUTS
  while next_one and tries > 0 do
    local size = next_one - 9
    local kind = text:byte(size + 1)
    if kind >= 0x88 and kind <= 0x8b then
      tries = tries - 1
      local a, b, c, d = text:byte(size - 3, size)
      if ((a * 256 + b) * 256 + c) * 256 + d == crc(CRC32C, text, size - CHECK) then
        length = size
        break
      end
    end
    next_one = text:find(cid, next_one + 1, true)
  end
  local parts = {}
  for from = 0, #text - 1, length do
    table.insert(parts, { from = from, length = math.min(length, #text - from) })
  end
  return parts
end

-------------------------------------------------------------------------------------------------- files: docs/rudp.md, 21

local FILE_LINES = {
  { pattern = "^GET ()(%d+) ()(%S+) ()(%S+)\n?", field = "file.request", "file.offset", "file.validator", "file.target" },
  { pattern = "^OK ()(%d+) ()(%d+) ()(%S+)\n?", field = "file.reply", "file.offset", "file.size", "file.validator" },
  { pattern = "^ERROR ()(%d%d%d) ()([^\n]+)\n?", field = "file.reply", "file.status", "file.reason" },
}

-- The line that a stream begins with, if it is one of a file's request or reply.
local function read_file_line(text, frame)
  if frame.offset ~= 0 or not frame.content_at then
    return nil
  end
  local from = frame.content_at
  for _, line in ipairs(FILE_LINES) do
    local found = { text:match(line.pattern, from) }
    if found[1] and #found[2] <= 18 then
      local whole = text:match("^[^\n]*", from)
      local item = { field = line.field, from = from - 1, length = #whole, value = printable(whole), items = {} }
      for i, field in ipairs(line) do
        local at, word = found[2 * i - 1], found[2 * i]
        local value = printable(word)
        if field == "file.status" then
          value = tonumber(word)
        elseif field == "file.offset" or field == "file.size" then
          value = #word <= 18 and wide_of(word) or wide(0, 0)
        end
        table.insert(item.items, { field = field, from = at - 1, length = #word, value = value, items = {} })
      end
      table.insert(frame.items, item)
      return { line = item.value, asks = line.field == "file.request" }
    end
  end
  return nil
end

---------------------------------------------------------------------- what is remembered: sessions and their requests

-- The client waits 50 ms at least before it sends a request again (section 5.1): a copy that comes sooner was made by
-- the network. Some of that is left for clocks.
local SOONEST_COPY = 0.040
-- The server takes a SIGNEW within so many seconds for a copy (section 6).
local NEW_AGAIN = 2
local FIRST_PARTS = 16

-- Made anew for each capture: facts[key] is what links a message or packet to others; its key is its frame, and where
-- it stands in that.
local state

local function forget()
  state = { facts = {}, talks = {}, ids = {}, orphans = {}, sessions = 0, connections = 0 }
end
forget()
rudp.init = forget

local function mark(fact, which, text)
  fact.again = fact.again or which == "retransmission"
  table.insert(fact.marks, { mark = marks[which], text = text })
end

local function is_copy_of(fact, original, sooner)
  if sooner then
    fact.duplicate_of = original
    mark(fact, "duplicate")
  else
    fact.retransmission_of = original
    mark(fact, "retransmission")
  end
end

local function elapsed(from, to)
  return to >= from and span(to - from) or nil
end

-- A request, so that replies find it.
local function new_request(message, text, packet)
  return { kind = message.type, text = text, frame = packet.frame, time = packet.time, last = packet.time,
    waiting = { packet.key }, copies = 0 }
end

local function asked_again(request, fact, packet)
  is_copy_of(fact, request.frame, packet.time - request.last < SOONEST_COPY)
  request.last = packet.time
  request.copies = request.copies + 1
  table.insert(request.waiting, packet.key)
end

-- Links a reply to its request. `is_path` if nothing but the path takes time.
local function answered(request, fact, packet, is_path)
  fact.response_to = request.frame
  fact.time = elapsed(request.time, packet.time)
  if request.reply then
    is_copy_of(fact, request.reply, #request.waiting == 0)
  elseif is_path and request.copies == 0 then
    fact.rtt = fact.time
  end
  for _, key in ipairs(request.waiting) do
    state.facts[key].response_in = packet.frame
  end
  request.waiting = {}
  request.reply = request.reply or packet.frame
end

local function new_session(talk, client)
  talk.session = { index = state.sessions, client = client, requests = {} }
  state.sessions = state.sessions + 1
  return talk.session
end

-- A part of a long reply: the first 16 answer the SIGNGET, later ones the SIGNLOST that asked for them.
local function part_came(request, message, fact, packet)
  request.parts = request.parts or {}
  local key = message.checksum .. "/" .. message.parts
  local content = request.parts[key] or { frames = {}, data = {}, have = 0 }
  request.parts[key] = content
  local asker = request.asked and request.asked[message.part] or request.asked_all or request
  local before = content.frames[message.part]
  fact.response_to = asker.frame
  fact.time = elapsed(asker.time, packet.time)
  for _, key in ipairs(asker.waiting) do
    state.facts[key].response_in = packet.frame
  end
  asker.waiting = {}
  request.reply = request.reply or packet.frame
  request.highest = math.max(request.highest or FIRST_PARTS, message.part)
  if before then
    is_copy_of(fact, before, false)
    return
  end
  content.frames[message.part] = packet.frame
  content.data[message.part] = message.data
  content.have = content.have + 1
  if content.have == message.parts then
    local whole = table.concat(content.data)
    fact.content = whole
    if tonumber(message.checksum, 16) ~= crc(CRC32, whole, #whole) then
      mark(fact, "mismatch")
    end
    content.data = {}
  end
end

local function parts_lost(request, message, text, fact, packet)
  local before = request.lost
  if before and before.text == text and not before.answered and #before.waiting > 0 then
    asked_again(before, fact, packet)
    return
  end
  local lost = new_request(message, text, packet)
  request.lost = lost
  request.asked = request.asked or {}
  local missing = #message.ranges == 0
  for _, range in ipairs(message.ranges) do
    missing = missing or range.first <= (request.highest or FIRST_PARTS)
    for part = range.first, range.last do
      request.asked[part] = lost
    end
  end
  if #message.ranges == 0 then
    request.asked_all = lost
  end
  if missing then
    mark(fact, "lost", "The client lacks parts that were sent")
  end
end

local handlers = {}

function handlers.SIGNEW(message, talk, fact, packet)
  local session = talk.session
  local opening = session and session.opening
  if opening and opening.text == packet.text and session.client == packet.from
    and (not session.asked or packet.time - opening.last <= NEW_AGAIN) then
    asked_again(opening, fact, packet)
  else
    session = new_session(talk, packet.from)
    session.opening = new_request(message, packet.text, packet)
  end
end

function handlers.SIGNACK(_, talk, fact, packet)
  if talk.session and talk.session.opening then
    answered(talk.session.opening, fact, packet, true)
  else
    mark(fact, "unasked")
  end
end

local function request_came(message, talk, fact, packet)
  local session = talk.session or new_session(talk, packet.from)
  local before = session.requests[message.id]
  session.asked = true
  if before and before.text == packet.text then
    asked_again(before, fact, packet)
  else
    session.requests[message.id] = new_request(message, packet.text, packet)
  end
end
handlers.SIGNECHO = request_came
handlers.SIGNSTAT = request_came
handlers.SIGNGET = request_came

local function request_of(message, talk)
  return talk.session and message.id and talk.session.requests[message.id]
end

local function reply_came(message, talk, fact, packet)
  local request = request_of(message, talk)
  if not request or ANSWERS[request.kind] ~= message.type then
    mark(fact, "unasked")
  elseif message.part then
    part_came(request, message, fact, packet)
  else
    answered(request, fact, packet, message.type ~= "ACKGET")
  end
end
handlers.ECHOREPLY = reply_came
handlers.STATREPLY = reply_came
handlers.ACKGET = reply_came

function handlers.SIGNLOST(message, talk, fact, packet)
  local request = request_of(message, talk)
  if request then
    parts_lost(request, message, packet.text, fact, packet)
  end
end

function handlers.SIGNFULL(message, talk, fact, packet)
  local request = request_of(message, talk) or not message.id and talk.session and talk.session.opening
  if request then
    fact.response_to = request.frame
    fact.time = elapsed(request.time, packet.time)
  end
  mark(fact, "full")
end

function handlers.SIGNEND(message, talk, fact, packet)
  local session = talk.session
  if message.id then
    local request = request_of(message, talk)
    if request then
      answered(request, fact, packet, false)
    end
    mark(fact, "no_session")
  elseif session and session.client == packet.from then
    talk.session = nil
  end
end

-- What a message has to do with those before it; it is told of each once, in their order.
local function remember_message(message, packet)
  local fact = { marks = {} }
  state.facts[packet.key] = fact
  local talk = state.talks[packet.between] or {}
  state.talks[packet.between] = talk
  local session = talk.session
  handlers[message.type](message, talk, fact, packet)
  session = talk.session or session
  fact.session = session and session.index
  return fact
end

--------------------------------------------------------------------- what is remembered: connections and their packets

-- Numbers farther back than this are forgotten, as by a receiver (section 11).
local WINDOW = 16384

local function new_connection(packet)
  local connection = { index = state.connections, sides = {}, streams = {} }
  state.connections = state.connections + 1
  return connection
end

-- Which octets of a stream were seen, as runs that do not touch, in order.
local function add_run(runs, low, high)
  local at = #runs
  while at > 0 and runs[at].low > high do
    at = at - 1
  end
  local overlaps = false
  while at > 0 and runs[at].high >= low do
    overlaps = overlaps or (runs[at].high > low and high > runs[at].low)
    low, high = math.min(low, runs[at].low), math.max(high, runs[at].high)
    table.remove(runs, at)
    at = at - 1
  end
  table.insert(runs, at + 1, { low = low, high = high })
  return overlaps
end

-- The connection of a packet by the id in its header: by who chose that id. A capture that began later shows ids of
-- which nobody has told: those of the two directions between two addresses are put together.
local function connection_of(packet, read)
  local ids = state.ids[packet.between] or {}
  state.ids[packet.between] = ids
  local connection = ids[read.cid]
  if not connection then
    local orphan = state.orphans[packet.between]
    if read.type == "DATA" and orphan and not orphan.to[packet.to] then
      connection = orphan.connection
      state.orphans[packet.between] = nil
    else
      connection = new_connection(packet)
      if read.type == "DATA" then
        state.orphans[packet.between] = { connection = connection, to = { [packet.to] = true } }
      end
    end
    ids[read.cid] = connection
  end
  if read.server_cid then
    ids[read.server_cid] = connection
  end
  return connection
end

local function side_of(connection, endpoint)
  local side = connection.sides[endpoint] or { sent = {}, waiting = {}, waits = 0, largest = -1 }
  connection.sides[endpoint] = side
  return side
end

local function acknowledge(side, number, packet)
  local sent = side.waiting[number]
  if sent then
    side.waiting[number] = nil
    side.waits = side.waits - 1
    state.facts[sent.key].acked_in = packet.frame
  end
  return sent
end

-- An ACK: a round trip if it is the first that tells of its largest packet (RFC 9002 section 5.1).
local function ack_came(side, frame, fact, packet)
  local newest = acknowledge(side, frame.largest, packet)
  fact.acks = side.sent[frame.largest]
  if newest then
    fact.rtt = elapsed(newest.time, packet.time)
  end
  for _, range in ipairs(frame.ranges) do
    if range.high - range.low < side.waits then
      for number = range.low, range.high do
        acknowledge(side, number, packet)
      end
    else
      for number in pairs(side.waiting) do
        if number >= range.low and number <= range.high then
          acknowledge(side, number, packet)
        end
      end
    end
  end
end

local function stream_came(connection, frame, fact, packet)
  local key = packet.from .. " " .. string.format("%.0f", frame.stream)
  local stream = connection.streams[key] or { runs = {}, frames = {} }
  connection.streams[key] = stream
  local again
  if frame.octets > 0 then
    again = add_run(stream.runs, frame.offset, frame.offset + frame.octets)
  else
    again = stream.finished
  end
  if again then
    fact.retransmission_of = stream.frames[frame.offset]
    mark(fact, "retransmission")
  end
  stream.frames[frame.offset] = stream.frames[frame.offset] or packet.frame
  stream.finished = stream.finished or frame.fin
end

local function file_line_came(connection, frame, fact, packet)
  local stream = string.format("%.0f", frame.stream)
  connection.files = connection.files or {}
  local request = connection.files[stream]
  if frame.file.asks then
    connection.files[stream] = request or { frame = packet.frame, key = packet.key, time = packet.time }
  elseif request and not request.reply then
    request.reply = packet.frame
    fact.response_to = request.frame
    fact.time = elapsed(request.time, packet.time)
    state.facts[request.key].response_in = packet.frame
  end
end

-- INITIAL is answered by ACCEPT, RETRY or RESET.
local function opening_came(connection, read, fact, packet)
  local opening = connection.opening
  if read.type == "INITIAL" then
    if opening and not opening.retry and opening.from == packet.from then
      is_copy_of(fact, opening.frame, false)
    else
      connection.opening = { frame = packet.frame, key = packet.key, time = packet.time, from = packet.from }
    end
  elseif opening and not opening.reply and opening.from == packet.to then
    opening.reply = packet.frame
    opening.retry = read.type == "RETRY"
    fact.response_to = opening.frame
    fact.time = elapsed(opening.time, packet.time)
    state.facts[opening.key].response_in = packet.frame
  end
end

local function remember_packet(read, packet)
  local fact = { marks = {}, status = read.status }
  state.facts[packet.key] = fact
  if read.status == BAD or not read.cid or read.broken then
    return fact
  end
  local connection = connection_of(packet, read)
  fact.connection = connection.index
  if read.type == "RETRY" or read.type == "RESET" then
    opening_came(connection, read, fact, packet)
    if read.type == "RESET" then
      mark(fact, "no_connection")
    end
    return fact
  end
  local ours, theirs = side_of(connection, packet.from), side_of(connection, packet.to)
  if ours.sent[read.number] then
    is_copy_of(fact, ours.sent[read.number], true)
    return fact
  end
  ours.sent[read.number] = packet.frame
  ours.largest = math.max(ours.largest, read.number)
  local asks = false
  for _, frame in ipairs(read.frames) do
    asks = asks or not (frame.kind == 0x00 or frame.kind == 0x02 or frame.kind == 0x09)
    if frame.kind == 0x02 then
      ack_came(theirs, frame, fact, packet)
    elseif frame.stream then
      stream_came(connection, frame, fact, packet)
      if frame.file then
        file_line_came(connection, frame, fact, packet)
      end
    end
  end
  if read.type == "INITIAL" or read.server_cid then
    opening_came(connection, read, fact, packet)
  end
  if asks then
    ours.waiting[read.number] = { key = packet.key, time = packet.time }
    ours.waits = ours.waits + 1
    local old = read.number - WINDOW
    if ours.waiting[old] then
      ours.waiting[old] = nil
      ours.waits = ours.waits - 1
    end
  end
  return fact
end

--------------------------------------------------------------------------------------------------------------- showing

local function value_of(value)
  if type(value) ~= "table" then
    return value
  elseif value.seconds then
    return NSTime.new(value.seconds, value.nanos)
  end
  return UInt64.new(value.low, value.high)
end

local function show_items(tree, tvb, items)
  for _, item in ipairs(items) do
    local shown
    if item.length == 0 then
      shown = tree:add(fields[item.field], item.value == nil and tvb() or value_of(item.value))
    elseif item.value == nil then
      shown = tree:add(fields[item.field], tvb(item.from, item.length))
    else
      shown = tree:add(fields[item.field], tvb(item.from, item.length), value_of(item.value))
    end
    if item.text then
      shown:set_text(item.text)
    end
    if item.generated then
      shown:set_generated()
    end
    show_items(shown, tvb, item.items)
  end
end

local LINKS = { "session", "connection", "response_in", "response_to", "time", "rtt", "retransmission_of",
  "duplicate_of", "acked_in", "acks" }

local function show_fact(tree, fact)
  for _, name in ipairs(LINKS) do
    if fact[name] ~= nil then
      tree:add(fields[name], value_of(fact[name])):set_generated()
    end
  end
  for _, one in ipairs(fact.marks) do
    if one.text then
      tree:add_proto_expert_info(one.mark, one.text)
    else
      tree:add_proto_expert_info(one.mark)
    end
  end
end

-- What stands before Info, and behind it, as with ping's.
local function info_of(text, fact)
  if fact.again then
    text = "[Retransmission] " .. text
  elseif fact.duplicate_of then
    text = "[Duplicate] " .. text
  end
  if fact.response_in then
    return string.format("%s (reply in %d)", text, fact.response_in)
  elseif fact.response_to then
    return string.format("%s (reply to %d)", text, fact.response_to)
  end
  return text
end

local function list_of(names)
  local what = string.format("%d file%s", #names, #names == 1 and "" or "s")
  return #names == 0 and what or what .. ": " .. short(table.concat(names, ", "), 120)
end

local function message_info(message)
  local text = message.type
  if message.id then
    text = string.format("%s id=%.0f", text, message.id)
  end
  if message.user then
    return text .. " user=" .. message.user
  elseif message.time then
    return text .. " time=" .. message.time
  elseif message.sent then
    return string.format("%s sent=%s lost=%s", text, message.sent, message.lost)
  elseif message.wanted then
    return text .. " and " .. message.wanted
  elseif message.request then
    return string.format("%s asks for '%s'", text, short(message.request, 60))
  elseif message.part then
    return string.format("%s part %.0f of %.0f, %d octets", text, message.part, message.parts, #message.data)
  elseif message.failure then
    return text .. " " .. short(message.failure, 120)
  elseif message.names then
    return text .. " " .. list_of(message.names)
  elseif message.ranges and #message.ranges > 0 then
    local parts = {}
    for _, range in ipairs(message.ranges) do
      table.insert(parts, string.format(range.first == range.last and "%.0f" or "%.0f-%.0f", range.first, range.last))
    end
    return text .. " parts " .. short(table.concat(parts, ","), 80)
  end
  return text
end

local function frame_info(frame)
  if frame.largest then
    return string.format("ACK %.0f", frame.largest)
  elseif frame.code then
    return string.format("CLOSE %s", frame.reason ~= "" and short(frame.reason, 60) or frame.meaning)
  elseif frame.stream then
    return string.format("STREAM %.0f Off=%.0f Len=%d%s%s", frame.stream, frame.offset, frame.octets,
      frame.fin and " FIN" or "", frame.file and ", " .. short(frame.file.line, 80) or "")
  end
  return frame.name
end

local function packet_info(read)
  local words = { read.type .. (read.number and string.format(", PKN=%.0f", read.number) or "") }
  for i = 1, math.min(#read.frames, 12) do
    words[i + 1] = frame_info(read.frames[i])
  end
  return table.concat(words, ", ") .. (#read.frames > 12 and ", ..." or "")
end

-- What was put together of its parts, with octets of its own.
local function show_content(tree, content, message)
  local bytes = ByteArray.new(content, true):tvb("RUDP content")
  local whole = { names = nil }
  local items = {}
  read_content(whole, content, 0, items)
  local shown = tree:add(fields.content, bytes(), short(content, 2000)):set_generated()
  show_items(shown, bytes, items)
  return whole.names and string.format("%s, the last: %s", message_info(message), list_of(whole.names))
    or message_info(message)
end

-- A capture can be shorter than what was sent, and an ICMP error quotes a packet that was counted already.
local function context_of(tvb, pinfo)
  local from = tostring(pinfo.src) .. " " .. tostring(pinfo.src_port)
  local to = tostring(pinfo.dst) .. " " .. tostring(pinfo.dst_port)
  return {
    frame = pinfo.number, key = pinfo.number .. "/0", time = pinfo.rel_ts, from = from, to = to,
    between = from < to and from .. " " .. to or to .. " " .. from,
    cut = tvb:reported_len() > tvb:len(), quoted = pinfo.in_error_pkt,
  }
end

local function begin(tvb, pinfo, tree, title)
  pinfo.cols.protocol = "RUDP"
  local shown = tree:add(rudp, tvb(), "RUDP, " .. title)
  if has_name then
    shown:add(name_field, tvb()):set_hidden()
  end
  return shown
end

local function say_broken(tree, fault, context)
  if not context.cut then
    tree:add_proto_expert_info(marks.malformed, string.format("Octet %d: %s", fault.at, fault.why))
  end
end

local function show_message(message, text, context, tvb, pinfo, tree)
  local fact = { marks = {} }
  if not message.broken and not context.quoted and KNOWN[message.type] then
    context.text = text
    fact = state.facts[context.key] or remember_message(message, context)
  end
  local shown = begin(tvb, pinfo, tree, message.type)
  show_items(shown, tvb, message.items)
  local info = message.type
  if message.broken then
    say_broken(shown, message.broken, context)
    info = info .. (context.cut and " [Packet size limited during capture]" or " [Malformed]")
  else
    info = message_info(message)
  end
  if not KNOWN[message.type] then
    shown:add_proto_expert_info(marks.unknown)
  elseif message.failure and not message.broken then
    shown:add_proto_expert_info(marks.failed, message.failure)
  elseif message.cut_short and not context.cut then
    shown:add_proto_expert_info(marks.cut_short)
  end
  if fact.content then
    info = show_content(shown, fact.content, message)
  end
  show_fact(shown, fact)
  pinfo.cols.info = info_of(info, fact)
end

local function show_packet(read, context, tvb, pinfo, tree)
  local fact = { marks = {} }
  if not context.quoted then
    fact = state.facts[context.key] or remember_packet(read, context)
  end
  local shown = begin(tvb, pinfo, tree, packet_info(read))
  show_items(shown, tvb, read.items)
  if read.cid then
    shown:add(fields["check.status"], read.status):set_generated()
  end
  local info = packet_info(read)
  if read.status == BAD then
    shown:add_proto_expert_info(marks.bad_check)
    info = info .. " [CRC-32C does not fit]"
  elseif read.broken then
    say_broken(shown, read.broken, context)
    info = info .. (context.cut and " [Packet size limited during capture]" or " [Malformed]")
  end
  show_fact(shown, fact)
  return info_of(info, fact)
end

rudp.prefs.ports = Pref.range("UDP ports", "49152", "On these every message and packet is taken for RUDP", 65535)
rudp.prefs.check = Pref.bool("Verify the CRC-32C of packets", true, "Takes a second for some 10 MB")

-- Shows the packets of a datagram; false if the first one is none, or not right though it has to be.
local function dissect_packets(text, context, tvb, pinfo, tree, strict)
  local infos = {}
  local parts = context.cut and { { from = 0, length = #text } } or packets_in(text)
  for i, part in ipairs(parts) do
    local octets = text:sub(part.from + 1, part.from + part.length)
    context.key = context.frame .. "/" .. part.from
    local fact = not context.quoted and state.facts[context.key]
    local status = fact and fact.status or not strict and not rudp.prefs.check and UNVERIFIED or nil
    local read = read_packet(octets, context.cut, status)
    if not read or strict and (read.broken or read.status ~= GOOD) then
      if i == 1 then
        return false
      end
      break
    end
    for _, frame in ipairs(read.frames) do
      frame.file = frame.stream and read_file_line(octets, frame)
    end
    infos[i] = show_packet(read, context, #parts == 1 and tvb or tvb(part.from, part.length):tvb(), pinfo, tree)
  end
  pinfo.cols.info = #infos <= 4 and table.concat(infos, " | ")
    or string.format("%s | ... | %s", infos[1], infos[#infos])
  return true
end

-- Shows a datagram; false if it is no RUDP. `strict` on a port that says nothing: then it has to be right to the last
-- octet, and a packet has to have its CRC.
local function dissect(tvb, pinfo, tree, strict)
  local length = tvb:len()
  if length == 0 then
    return false
  end
  local text = tvb:raw(0, length)
  local context = context_of(tvb, pinfo)
  if text:byte(1) >= 0x80 then
    return dissect_packets(text, context, tvb, pinfo, tree, strict)
  end
  local message = read_message(text)
  if not message.type or strict and (message.broken or not KNOWN[message.type]) then
    return false
  end
  show_message(message, text, context, tvb, pinfo, tree)
  return true
end

function rudp.dissector(tvb, pinfo, tree)
  return dissect(tvb, pinfo, tree, false) and tvb:len() or 0
end

rudp:register_heuristic("udp", function(tvb, pinfo, tree)
  if not dissect(tvb, pinfo, tree, true) then
    return false
  end
  pinfo.conversation = rudp
  return true
end)

local udp_ports = DissectorTable.get("udp.port")
local registered = rudp.prefs.ports
udp_ports:add(registered, rudp)

function rudp.prefs_changed()
  if rudp.prefs.ports ~= registered then
    udp_ports:remove(registered, rudp)
    registered = rudp.prefs.ports
    udp_ports:add(registered, rudp)
  end
end
