-- Runs the dissectors of docs/wireshark without Wireshark, over messages and packets as they are and as they are not,
-- and prints what they show: wireshark-test.sh compares what Lua 5.2 and Lua 5.4 print, which must be the same.
-- usage: lua wireshark-mock.lua FOLDER-OF-DISSECTORS PACKETS SEED    (PACKETS: a line each, in hexadecimal)

local folder, packets, seed = arg[1], arg[2], tonumber(arg[3])

local function text_of(value)
  if type(value) == "number" then
    return string.format("%.9g", value)
  end
  return tostring(value)
end

-- Values that Wireshark takes only as whole numbers.
local function whole(value)
  assert(type(value) == "number" and value % 1 == 0, "not a whole number: " .. tostring(value))
  assert(math.type == nil or math.type(value) == "integer" or value == math.floor(value))
  return value
end

NSTime = { new = function(seconds, nanos)
  assert(whole(nanos) >= 0 and nanos < 1e9)
  return string.format("%d.%09d", whole(seconds), nanos)
end }
UInt64 = { new = function(low, high)
  assert(whole(low) >= 0 and low < 2 ^ 32 and whole(high) >= 0 and high < 2 ^ 32)
  return string.format("%.0f:%.0f", high, low)
end }
base = { DEC = 1, HEX = 2, NONE = 0 }
ftypes = { PROTOCOL = 1 }
frametype = {}
expert = { group = {}, severity = {} }
ProtoField = setmetatable({ new = function(_, name) return { name = name } end }, {
  __index = function() return function(name) return { name = name } end end })
ProtoExpert = { new = function(name) return { name = name } end }
Pref = { range = function(_, value) return value end, bool = function(_, value) return value end }



local tables, heuristics = {}, {}
DissectorTable = { get = function(name)
  return { add = function(_, _, proto) tables[name] = proto end, remove = function() end }
end }
function Proto(name, _)
  return { name = name, prefs = {}, register_heuristic = function(_, list, heuristic) heuristics[list] = heuristic end }
end

local function buffer(octets, reported)
  local tvb = { octets = octets, from = 0 }
  function tvb.len() return #octets end
  function tvb.reported_len() return reported or #octets end
  function tvb.raw(_, from, length)
    assert(from >= 0 and length >= 1 and from + length <= #octets, "out of bounds")
    return octets:sub(from + 1, from + length)
  end
  function tvb.tvb() return tvb end
  return setmetatable(tvb, { __call = function(_, from, length)
    from, length = from or 0, length or #octets
    assert(whole(from) >= 0 and whole(length) >= 0 and from + length <= #octets, "out of bounds")
    local part = buffer(octets:sub(from + 1, from + length))
    part.from = from
    return part
  end })
end
ByteArray = { new = function(octets) return { tvb = function() return buffer(octets) end } end }

local lines
local function tree_at(depth)
  local tree = {}
  local function say(text)
    table.insert(lines, (" "):rep(depth) .. text)
    return tree_at(depth + 1)
  end
  function tree.add(_, field, range, value)
    assert(field and field.name and range ~= nil, "what is this item?")
    if type(range) ~= "table" then
      return say(field.name .. " = " .. text_of(range))
    end
    return say(string.format("%s @%d+%d %s", field.name, range.from, range.len(), text_of(value)))
  end
  function tree.add_proto_expert_info(_, mark, text) say("! " .. mark.name .. " " .. text_of(text)) end
  function tree.set_text(_, text) say("is " .. text) return tree end
  function tree.set_generated() return tree end
  function tree.set_hidden() return tree end
  return tree
end

assert(loadfile(folder .. "/rudp.lua"))()
assert(loadfile(folder .. "/scrap.lua"))()

local number = 0
local function show(kind, octets, reported)
  number = number + 1
  local flip = octets:byte(1) and octets:byte(1) % 2 == 0
  local pinfo = { number = number, rel_ts = number / 1000, src = flip and "10.0.0.1" or "10.0.0.2",
    dst = flip and "10.0.0.2" or "10.0.0.1", src_port = 49152, dst_port = 49152, cols = {}, can_desegment = 2 }
  for _, round in ipairs({ "first", "again" }) do
    lines = {}
    local took = tables[kind].dissector(buffer(octets, reported), pinfo, tree_at(1))
    print(number, round, text_of(took), pinfo.cols.info, text_of(pinfo.desegment_len))
    print(table.concat(lines, "\n"))
    print(text_of(heuristics[kind:sub(1, 3)](buffer(octets, reported), pinfo, tree_at(1))))
  end
end

-- The same numbers from every Lua: Park and Miller's generator.
local function random(most)
  seed = seed * 48271 % 2147483647
  return seed % most + 1
end

local function mutated(octets)
  for _ = 1, random(4) do
    local at = random(math.max(#octets, 1))
    local choice = random(4)
    if choice == 1 then
      octets = octets:sub(1, at - 1)
    elseif choice == 2 then
      octets = octets:sub(1, at) .. octets:sub(random(math.max(#octets, 1)))
    else
      octets = octets:sub(1, at - 1) .. string.char(random(256) - 1) .. octets:sub(at + 1)
    end
  end
  return octets:sub(1, 65000)
end

local originals = {}
for line in io.lines(packets) do
  table.insert(originals, (line:gsub("%x%x", function(hex) return string.char(tonumber(hex, 16)) end)))
end
for _, octets in ipairs(originals) do
  show("udp.port", octets)
  show("udp.port", octets, #octets + 1)
  show("tcp.port", octets)
end
for i = 1, 6000 do

  local octets = mutated(originals[random(#originals)])
  -- Without the CRC, so that the frames behind it are read.
  show("udp.port", octets, i % 2 == 0 and #octets + 1 or nil)
  show("tcp.port", octets)
end
