package wirelab.client.path;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import wirelab.client.shell.Context;
import wirelab.client.shell.HostAddress;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.TunDevice;
import wirelab.sim.impair.Direction;
import wirelab.sim.impair.ImpairedLink;
import wirelab.sim.impair.Impairer;
import wirelab.sim.ip.Translation;
import wirelab.wire.Bytes;

/// A path to servers on this machine that is as bad as a plan says, for whole IP packets: whatever speaks to [#far]
/// goes over it, the kernel's TCP as well as our RUDP. It has a thread of its own; its methods are for one other.
///
/// ```
/// client ── near ═ device ─▶ out ─▶ far → server ─┐
///                    ▲                            ▼
///                    └─────────── in ◀── far ◀── server
/// ```
public final class ImpairedPath implements AutoCloseable {
    /// How soon the thread notices that it is to end.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    /// Packets taken before those that are due are delivered.
    private static final int BATCH = 64;

    /// A path that is closed lets everything through, until nothing comes for a while: the ends say goodbye.
    private static final Duration QUIET = Duration.ofMillis(50);

    private static final Duration LONGEST_GOODBYE = Duration.ofMillis(500);

    private final PathDevice path;
    private final TunDevice device;
    private final Translation translation;
    private final ImpairedLink<Bytes> in;
    private final ImpairedLink<Bytes> out;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closing;
    private volatile Optional<Exception> failure = Optional.empty();

    private ImpairedPath(PathDevice path, Translation translation, Impairer<Bytes> impairer, InstantSource clock) {
        this.path = path;
        this.device = path.device();
        this.translation = translation;
        this.in = impairer.link(Direction.IN);
        this.out = impairer.link(Direction.OUT);
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("path").daemon().unstarted(this::run);
    }

    /// Lays a path, with nothing under way.
    ///
    /// @param tcpServer where TCP's packets go, an address of this machine
    /// @param udpServer where UDP's go
    /// @param control what TCP uses over the path, where that is not the usual one
    /// @throws ExitException if this machine does not let us
    public static ImpairedPath lay(
            Context context,
            Impairer<Bytes> impairer,
            Inet4Address tcpServer,
            Inet4Address udpServer,
            Optional<CongestionControl> control)
            throws IOException, ExitException {
        requireHere(tcpServer);
        requireHere(udpServer);
        var device = PathDevice.make(context.trace(), control);
        var translation = new Translation(device.near(), device.far(), tcpServer, udpServer);
        var path = new ImpairedPath(device, translation, impairer, context.clock());
        path.thread.start();
        return path;
    }

    private static void requireHere(Inet4Address server) throws IOException, ExitException {
        if (!HostAddress.isHere(server)) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "the impaired path leads to servers on this machine, and " + server.getHostAddress()
                            + " is not an address of it: leave out --impair");
        }
    }

    /// Where it begins: the address that clients come from.
    public Inet4Address near() {
        return path.near();
    }

    /// Where it ends: the address that clients speak to, at the servers' own ports.
    public Inet4Address far() {
        return path.far();
    }

    /// How many packets were lost because this program was too slow for them: none, on a machine that can do it.
    public long overruns() throws IOException {
        return path.overruns();
    }

    private void run() {
        try {
            while (!closing) {
                take();
                deliver(clock.instant());
                device.await(untilNext());
            }
            deliver(Instant.MAX);
            sayGoodbye();
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void take() throws IOException {
        for (int i = 0; i < BATCH; i++) {
            var packet = device.read();
            if (!packet.hasRemaining()) {
                return;
            }
            translation
                    .translate(packet)
                    .map(direction -> direction == Direction.IN ? in : out)
                    .ifPresent(link -> link.send(Bytes.copyOf(packet), clock.instant()));
        }
    }

    private void deliver(Instant now) throws IOException {
        deliver(in, now);
        deliver(out, now);
    }

    private void deliver(ImpairedLink<Bytes> link, Instant now) throws IOException {
        for (var packet = link.poll(now); packet.isPresent(); packet = link.poll(now)) {
            // One whose version was damaged is refused, as it would be anywhere.
            var _ = device.write(packet.get().toBuffer());
        }
    }

    private Duration untilNext() {
        var next = in.deadline().isBefore(out.deadline()) ? in.deadline() : out.deadline();
        var now = clock.instant();
        if (!next.isAfter(now)) {
            return Duration.ZERO;
        }
        return next.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, next);
    }

    private void sayGoodbye() throws IOException {
        var end = clock.instant().plus(LONGEST_GOODBYE);
        var quiet = clock.instant().plus(QUIET);
        while (clock.instant().isBefore(quiet) && clock.instant().isBefore(end)) {
            var packet = device.read();
            if (packet.hasRemaining() && translation.translate(packet).isPresent()) {
                var _ = device.write(Bytes.copyOf(packet).toBuffer());
                quiet = clock.instant().plus(QUIET);
            } else if (!packet.hasRemaining()) {
                device.await(QUIET);
            }
        }
    }

    /// Lets what is still under way arrive, and takes the device away.
    ///
    /// @throws IOException if the path had failed: what was measured over it counts for nothing
    @Override
    public void close() throws IOException {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        device.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.isPresent()) {
            throw new IOException("the impaired path failed: " + failure.get().getMessage(), failure.get());
        }
    }
}
