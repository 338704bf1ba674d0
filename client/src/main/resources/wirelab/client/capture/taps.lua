-- Tells which frames pass which filters, and what a field says in them, in one reading of a capture.
--
-- The file taps.txt beside this one has a line for each tap: FILTER, or FIELD, a tab character, and FILTER. On stdout:
--   hit  TAP  FRAME  VALUE...    between them tab characters; the taps are counted from 1
--   bad  TAP  WHY                a filter or a field that there is none of
-- In values and reasons a backslash, a tab and a line's end stand as \\, \t and \n.

local ESCAPES = { ["\\"] = "\\\\", ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r" }

local function plain(value)
  return (tostring(value):gsub("[\\\t\n\r]", ESCAPES))
end

local function say(...)
  io.stdout:write(table.concat({ ... }, "\t"), "\n")
end

-- What a person would call the value: a number and an address as they are, octets in hexadecimal.
local function value_of(info)
  local value = info.value
  if value == nil then
    return info.display
  end
  return value
end

local function listen(index, filter, field)
  local tap = Listener.new("frame", filter)
  function tap.packet(pinfo)
    local line = { "hit", index, pinfo.number }
    if field then
      for _, info in ipairs({ field() }) do
        line[#line + 1] = plain(value_of(info))
      end
    end
    say(table.unpack(line))
  end
end

local taps = {}
local folder = debug.getinfo(1, "S").source:match("^@(.*)/") or "."
for line in io.lines(folder .. "/taps.txt") do
  local name, filter = line:match("^([^\t]*)\t(.*)$")
  local tap = { filter = filter or line }
  if name then
    local is_there, made = pcall(Field.new, name)
    if is_there then
      tap.field = made
    else
      tap.filter = nil
      say("bad", #taps + 1, "there is no field '" .. plain(name) .. "'")
    end
  end
  taps[#taps + 1] = tap
end

-- A filter may name fields of protocols that are dissected by scripts, as ours. Those are there when all scripts are
-- read and a capture is opened; then protocols are told.
local opening = Proto("wirelab_taps", "wirelab's taps")

function opening.init()
  for index, tap in ipairs(taps) do
    if tap.filter then
      local fits, why = pcall(listen, index, tap.filter, tap.field)
      if not fits then
        say("bad", index, plain(why))
      end
    end
  end
  taps = {}
end
