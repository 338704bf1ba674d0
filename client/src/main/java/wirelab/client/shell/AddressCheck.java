package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import wirelab.client.engine.AddressProbe;
import wirelab.client.engine.AddressProbe.Finding;
import wirelab.client.engine.ArpPacket;
import wirelab.daemon.ArpSocket;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Looks by ARP if somebody on an interface's link has an address. Confined to one thread.
public final class AddressCheck {
    /// How soon ^C is noticed.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final Context context;
    private final int index;
    private final HardwareAddress self;

    private AddressCheck(Context context, int index, HardwareAddress self) {
        this.context = context;
        this.index = index;
        this.self = self;
    }

    /// One for the interface of that name.
    ///
    /// @throws IOException if there cannot be one there: the message says why
    public static AddressCheck on(Context context, String device) throws IOException {
        var found = NetworkInterface.getByName(device);
        var mac = found == null || found.isLoopback() ? null : found.getHardwareAddress();
        if (found == null || mac == null || mac.length != 6) {
            throw new IOException(device + " has no ARP");
        }
        ArpSocket.open(found.getIndex()).close();
        return new AddressCheck(
                context, found.getIndex(), new HardwareAddress(HardwareAddress.ETHERNET, Bytes.copyOf(mac)));
    }

    /// Looks for some seconds.
    ///
    /// @param givesUp whether there is no time for that any more
    /// @return whether somebody has it
    boolean inUse(Inet4Address address, BooleanSupplier givesUp) throws IOException {
        var probe = new AddressProbe(self, address, context.random(), context.now());
        try (var socket = ArpSocket.open(index)) {
            while (probe.finding() == Finding.OPEN && !givesUp.getAsBoolean()) {
                var due = probe.tick(context.now());
                if (due.isPresent()) {
                    context.trace().did("ARP probe for " + address.getHostAddress());
                    socket.broadcast(due.get().encode());
                }
                var wait = context.until(probe.deadline());
                var heard = socket.receive(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
                if (heard.isPresent()) {
                    take(probe, heard.get());
                }
            }
        }
        return probe.finding() == Finding.IN_USE;
    }

    private void take(AddressProbe probe, Bytes packet) {
        try {
            probe.handle(ArpPacket.decode(packet));
        } catch (MalformedException e) {
            context.trace().did("ARP that cannot be read: " + e.getMessage());
        }
    }
}
