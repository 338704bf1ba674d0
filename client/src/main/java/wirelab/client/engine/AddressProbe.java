package wirelab.client.engine;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wirelab.dhcp.HardwareAddress;

/// Looks if anybody on the link has an address, before it is used: three probes, and time to answer them. Confined to
/// one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5227#section-2.1.1 RFC 5227
public final class AddressProbe {
    /// Section 1.1: PROBE_NUM, PROBE_WAIT, PROBE_MIN and PROBE_MAX, ANNOUNCE_WAIT.
    private static final int PROBES = 3;

    private static final Duration FIRST_WITHIN = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration AFTER_LAST = Duration.ofSeconds(2);

    /// What is known of the address.
    public enum Finding {
        OPEN,
        FREE,
        IN_USE
    }

    private final HardwareAddress self;
    private final Inet4Address address;
    private final RandomGenerator random;
    private Instant alarm;
    private int sent;
    private Finding finding = Finding.OPEN;

    /// @param self the interface's hardware address
    public AddressProbe(HardwareAddress self, Inet4Address address, RandomGenerator random, Instant now) {
        this.self = self;
        this.address = address;
        this.random = random;
        this.alarm = now.plusNanos(random.nextLong(FIRST_WITHIN.toNanos()));
    }

    public Finding finding() {
        return finding;
    }

    /// When [#tick] is wanted.
    public Instant deadline() {
        return alarm;
    }

    /// The probe that is due, if one is.
    public Optional<ArpPacket> tick(Instant now) {
        if (finding != Finding.OPEN || now.isBefore(alarm)) {
            return Optional.empty();
        }
        if (sent == PROBES) {
            finding = Finding.FREE;
            return Optional.empty();
        }
        sent++;
        alarm = now.plus(
                sent == PROBES
                        ? AFTER_LAST
                        : Duration.ofNanos(random.nextLong(SHORTEST.toNanos(), LONGEST.toNanos() + 1)));
        return Optional.of(ArpPacket.probe(self, address));
    }

    /// Takes a packet of the link: whoever speaks from the address has it, and whoever else probes for it wants it.
    public void handle(ArpPacket packet) {
        boolean has = packet.senderAddress().equals(address);
        boolean wants = packet.senderAddress().isAnyLocalAddress()
                && packet.targetAddress().equals(address)
                && packet.op() == 1
                && !packet.sender().equals(self);
        if (finding == Finding.OPEN && (has || wants)) {
            finding = Finding.IN_USE;
        }
    }
}
