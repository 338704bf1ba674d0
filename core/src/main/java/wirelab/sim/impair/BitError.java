package wirelab.sim.impair;

import java.util.random.RandomGenerator;
import wirelab.wire.Bytes;

/// One bit turned over, as netem does it.
final class BitError {
    private BitError() {}

    static Bytes in(Bytes packet, RandomGenerator random) {
        var octets = packet.toArray();
        if (octets.length > 0) {
            int bit = random.nextInt(octets.length * 8);
            octets[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return Bytes.copyOf(octets);
    }
}
