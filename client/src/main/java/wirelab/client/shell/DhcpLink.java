package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import wirelab.client.engine.Outgoing;
import wirelab.client.engine.Verdict;
import wirelab.client.output.DhcpDissection;
import wirelab.client.output.Narration;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpBinding;
import wirelab.daemon.UdpSocket;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.Ipv4;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// The client's port on one interface: messages out, messages in, each shown and counted. Confined to one thread, but
/// for [#wakeup].
final class DhcpLink implements AutoCloseable {
    static final String PROTOCOL = "dhcp";

    /// What becomes of a message.
    @FunctionalInterface
    interface Taker {
        Verdict take(DhcpMessage message, Inet4Address from);
    }

    private final Context context;
    private final LeaseConfig config;
    private Optional<Inet4Address> source;
    private volatile UdpSocket socket;
    private Instant firstSent;
    private Instant last;
    private int sent;
    private int received;

    private DhcpLink(Context context, LeaseConfig config, Optional<Inet4Address> source)
            throws IOException, ExitException {
        this.context = context;
        this.config = config;
        this.source = source;
        this.socket = open();
        this.firstSent = context.now();
        this.last = firstSent;
    }

    /// Binds the client's port.
    ///
    /// @param source the leased address, once there is one: where messages come from then
    static DhcpLink open(Context context, LeaseConfig config, Optional<Inet4Address> source)
            throws IOException, ExitException {
        return new DhcpLink(context, config, source);
    }

    /// Speaks from another address than before, if it is another.
    void speakFrom(Optional<Inet4Address> address) throws IOException, ExitException {
        if (!source.equals(address)) {
            source = address;
            socket.close();
            socket = open();
        }
    }

    private UdpSocket open() throws IOException, ExitException {
        var local = config.client();
        // A broadcast leaves by the device the socket is bound to; one that has an address of its own needs neither.
        // What is for all, as a NAK, is heard at 0.0.0.0 alone; so that is where the client with a lease stays, too.
        boolean broadcasts = local.getAddress().isAnyLocalAddress();
        var binding = broadcasts
                ? UdpBinding.to(local).onDevice(config.device()).withBroadcast()
                : UdpBinding.to(
                        new InetSocketAddress(source.orElse((Inet4Address) local.getAddress()), local.getPort()));
        try {
            return UdpSocket.open(
                    broadcasts && source.isPresent() ? binding.sendingFrom(source.orElseThrow()) : binding);
        } catch (IOException e) {
            throw BindFailure.explain(e, binding.address(), Transport.UDP, "--dhcp-client");
        }
    }

    void send(Outgoing outgoing) throws IOException, ExitException {
        var message = outgoing.message();
        var payload = DhcpCodec.encode(message);
        var to = outgoing.to().equals(Ipv4.BROADCAST)
                ? config.server()
                : new InetSocketAddress(outgoing.to(), config.server().getPort());
        context.trace().sent(to, PROTOCOL, payload.size(), Narration.of(message));
        show(context, config, payload);
        firstSent = sent == 0 ? context.now() : firstSent;
        sent++;
        try {
            socket.send(payload.toBuffer(), to);
            socket.flush();
        } catch (IOException e) {
            throw unreachable(e, to);
        }
    }

    private ExitException unreachable(IOException cause, InetSocketAddress to) {
        return new ExitException(
                ExitCode.UNAVAILABLE,
                cause.getMessage() + ": " + config.device() + " needs a route to that address (ip route add "
                        + to.getAddress().getHostAddress() + "/32 dev " + config.device()
                        + "), or run it in the lab: scripts/lab run",
                cause);
    }

    /// Waits for messages, and has them taken.
    void receive(Duration timeout, Taker taker) throws IOException {
        int _ = socket.receive(timeout, (payload, from) -> take(payload, from, taker));
    }

    private void take(ByteBuffer payload, InetSocketAddress from, Taker taker) {
        int octets = payload.remaining();
        var copy = config.raw() ? Bytes.copyOf(payload) : Bytes.EMPTY;
        try {
            var message = DhcpCodec.decode(payload);
            switch (taker.take(message, (Inet4Address) from.getAddress())) {
                case Verdict.Accepted() -> {
                    received++;
                    last = context.now();
                    context.trace().received(from, PROTOCOL, octets, Narration.of(message));
                }
                case Verdict.Ignored(var why) ->
                    context.trace().ignored(from, PROTOCOL, octets, Narration.of(message), why);
            }
            show(context, config, copy);
        } catch (MalformedException e) {
            context.trace().ignored(from, PROTOCOL, octets, "not DHCP", String.valueOf(e.getMessage()));
        }
    }

    /// With `--raw`, the message that was just traced, field by field.
    static void show(Context context, LeaseConfig config, Bytes payload) {
        if (config.raw()) {
            context.trace().detail(DhcpDissection.of(payload));
        }
    }

    /// Ends a [#receive] that waits, or the next one.
    void wakeup() {
        socket.wakeup();
    }

    int sent() {
        return sent;
    }

    int received() {
        return received;
    }

    Instant firstSent() {
        return firstSent;
    }

    /// From the first message sent to the last one taken.
    Duration time() {
        return last.isBefore(firstSent) ? Duration.ZERO : Duration.between(firstSent, last);
    }

    @Override
    public void close() {
        socket.close();
    }
}
