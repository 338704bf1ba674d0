-- The scrap protocol in Wireshark: docs/scrap.md. docs/wireshark/README.md says how to install it, and has a table of
-- the fields. Runs on Lua 5.2 (Wireshark 4.0) to 5.4 (4.4 and later).

local scrap = Proto("scrap", "Scrap protocol")

local REQUEST = "SIGNGET"

local fields = {
  request = ProtoField.string("scrap.request", "Request"),
  reply = ProtoField.string("scrap.reply", "Reply"),
  name = ProtoField.string("scrap.name", "File"),
  failure = ProtoField.string("scrap.failure", "Failure"),
  kind = ProtoField.string("scrap.failure.kind", "Kind"),
  reason = ProtoField.string("scrap.failure.text", "Text"),
  response_in = ProtoField.framenum("scrap.response_in", "Response in", base.NONE, frametype.RESPONSE),
  response_to = ProtoField.framenum("scrap.response_to", "Response to", base.NONE, frametype.REQUEST),
  time = ProtoField.relative_time("scrap.time", "Time since the request"),
}
scrap.fields = { fields.request, fields.reply, fields.name, fields.failure, fields.kind, fields.reason,
  fields.response_in, fields.response_to, fields.time }

local no_request = ProtoExpert.new("scrap.no_request", "This is no request: the server ends without a reply",
  expert.group.MALFORMED, expert.severity.ERROR)
local failed = ProtoExpert.new("scrap.failed", "The answer is a failure",
  expert.group.RESPONSE_CODE, expert.severity.WARN)
local cut_short = ProtoExpert.new("scrap.cut_short", "The list does not end with ';': it was cut short",
  expert.group.RESPONSE_CODE, expert.severity.WARN)
scrap.experts = { no_request, failed, cut_short }

-- Of a connection: who asks, the frame of the request and its time, and the first frame of the reply. `newest` has one
-- for each two ends, `by_frame` what was found out when a frame was seen first.
local newest, by_frame
local function forget()
  newest, by_frame = {}, {}
end
forget()
scrap.init = forget

-- What pinfo.desegment_len means when all up to the FIN is wanted (epan/packet_info.h).
local UNTIL_FIN = 0x0ffffffe

-- Text as it can be shown: what is neither visible ASCII nor of a character beyond it is escaped.
local function printable(text)
  return (text:gsub("[%c]", function(octet)
    return string.format("\\x%02x", octet:byte())
  end))
end

-- A name as it is on disk: without the escapes (section 3).
local function plain(name)
  return printable((name:gsub("%%(%x%x)", function(hex)
    return string.char(tonumber(hex, 16))
  end)))
end

local function short(text)
  return #text <= 120 and text or text:sub(1, 117):gsub("[\128-\255]*$", "") .. "..."
end

local function begin(tvb, pinfo, tree, title)
  pinfo.cols.protocol = "SCRAP"
  pinfo.cols.info = title
  return tree:add(scrap, tvb(), "Scrap protocol, " .. short(title))
end

local function show_request(tvb, pinfo, tree, text, connection)
  local whole = text == REQUEST
  local title = whole and "Request SIGNGET" or "Not a request"
  if connection.reply then
    title = string.format("%s (reply in %d)", title, connection.reply)
  end
  local shown = begin(tvb, pinfo, tree, title)
  shown:add(fields.request, tvb(), printable(text))
  if not whole then
    shown:add_proto_expert_info(no_request)
  end
  if connection.reply then
    shown:add(fields.response_in, connection.reply):set_generated()
  end
end

local function show_names(shown, tvb, text)
  local names, list = {}, shown:add(fields.reply, tvb(), printable(short(text)))
  for at, name in text:gmatch("()([^;]+);?") do
    table.insert(names, plain(name))
    list:add(fields.name, tvb(at - 1, #name), plain(name))
  end
  return names
end

local function show_reply(tvb, pinfo, tree, text, connection)
  local kind, reason = text:match("^#(unavailable) ([ -~]+)$")
  if not kind then
    kind, reason = text:match("^#(protocol) ([ -~]+)$")
  end
  local shown = begin(tvb, pinfo, tree, "Reply")
  local title
  if kind then
    local failure = shown:add(fields.failure, tvb(), text)
    failure:add(fields.kind, tvb(1, #kind), kind)
    failure:add(fields.reason, tvb(#kind + 2, #reason), reason)
    shown:add_proto_expert_info(failed, text)
    title = "Failure, " .. kind .. ": " .. short(reason)
  else
    local names = show_names(shown, tvb, text)
    title = string.format("%d file%s: %s", #names, #names == 1 and "" or "s", short(table.concat(names, ", ")))
    if text:sub(-1) ~= ";" then
      shown:add_proto_expert_info(cut_short)
    end
  end
  if connection.request then
    title = string.format("%s (reply to %d)", title, connection.request)
    shown:add(fields.response_to, connection.request):set_generated()
  end
  local since = connection.asked and pinfo.rel_ts - connection.asked
  if since and since >= 0 then
    local seconds = math.floor(since)
    local nanos = math.min(math.floor((since - seconds) * 1e9 + 0.5), 999999999)
    shown:add(fields.time, NSTime.new(seconds, nanos)):set_generated()
  end
  shown:set_text("Scrap protocol, " .. title)
  pinfo.cols.info = title
end

-- The connection that a frame is of. The client is who sends first: in the lab both ports have the same number, so they
-- do not tell. Each connection there has the same two ends, and one request: the next one is of the next connection.
local function connection_of(pinfo, from, text)
  local to = tostring(pinfo.dst) .. " " .. tostring(pinfo.dst_port)
  local ends = from < to and from .. " " .. to or to .. " " .. from
  local connection = by_frame[pinfo.number] or newest[ends]
  local asks = text == REQUEST:sub(1, #text)
  if not connection or not by_frame[pinfo.number] and asks and connection.reply and connection.client ~= to then
    connection = { client = asks and from or to }
    newest[ends] = connection
  end
  by_frame[pinfo.number] = connection
  return connection
end

-- Asks for more octets, beginning at one of these; false if TCP cannot give any.
local function wait_for(pinfo, from, octets)
  if not (pinfo.can_desegment > 0) then
    return false
  end
  pinfo.desegment_offset = from
  pinfo.desegment_len = octets
  return true
end

function scrap.dissector(tvb, pinfo, tree)
  local length = tvb:len()
  if length == 0 then
    return 0
  end
  local text = tvb:raw(0, length)
  local from = tostring(pinfo.src) .. " " .. tostring(pinfo.src_port)
  local connection = connection_of(pinfo, from, text)
  if connection.client == from then
    if length < #REQUEST and text == REQUEST:sub(1, length) and wait_for(pinfo, 0, #REQUEST - length) then
      return length
    end
    if not connection.request then
      connection.request, connection.asked = pinfo.number, pinfo.rel_ts
    end
    show_request(tvb, pinfo, tree, text, connection)
    return length
  end
  -- Whole names are shown where they came. What is cut may go on, up to the FIN.
  local whole = text
  if text:sub(1, 1) ~= "#" and text:sub(-1) ~= ";" then
    whole = text:match("^.*;") or ""
    if wait_for(pinfo, #whole, UNTIL_FIN) then
      if whole == "" then
        return length
      end
    else
      whole = text
    end
  end
  connection.reply = connection.reply or pinfo.number
  show_reply(tvb(0, #whole):tvb(), pinfo, tree, whole, connection)
  return length
end

DissectorTable.get("tcp.port"):add(49153, scrap)

-- On another port a connection is of this protocol if its first octets are the request and nothing else.
scrap:register_heuristic("tcp", function(tvb, pinfo, tree)
  if tvb:len() ~= #REQUEST or tvb:reported_len() ~= #REQUEST or tvb:raw(0, #REQUEST) ~= REQUEST then
    return false
  end
  scrap.dissector(tvb, pinfo, tree)
  pinfo.conversation = scrap
  return true
end)
