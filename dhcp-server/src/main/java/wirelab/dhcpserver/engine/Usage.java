package wirelab.dhcpserver.engine;

import wirelab.dhcpserver.engine.network.Subnet;

/// How the pools of a subnet are used. Immutable.
///
/// @param subnet which
/// @param size how many addresses its pools have that are not set aside for hosts; the others are of these
/// @param bound how many addresses clients have
/// @param offered how many wait for their REQUEST
/// @param declined how many are not lent because somebody else is there
/// @param over how many had a client once, and are free
public record Usage(Subnet subnet, int size, int bound, int offered, int declined, int over) {
    /// What part of the addresses a new client cannot have, in percent.
    public int percent() {
        return size == 0 ? 0 : (int) Math.min(100, 100L * (bound + offered + declined) / size);
    }
}
