package wirelab.sim.impair;

import java.util.OptionalLong;

/// What a packet is called in rules and logs. Immutable.
///
/// @param type as `SIGNGET`
/// @param number its id or packet number, where it has one
public record PacketName(String type, OptionalLong number) {
    @Override
    public String toString() {
        return number.isPresent() ? type + " " + number.getAsLong() : type;
    }
}
