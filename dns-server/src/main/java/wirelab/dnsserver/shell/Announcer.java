package wirelab.dnsserver.shell;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsName;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.transfer.Neighbour;
import wirelab.dnsserver.engine.transfer.Notifier;
import wirelab.wire.Bytes;

/// Sends what [Notifier] wants sent, and hands it the answers: a thread for each. Safe for many threads.
final class Announcer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final InstantSource clock;
    private final TransferCounts counts;
    private final DatagramSocket socket;
    private final Notifier notifier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread sender = Thread.ofVirtual().name("notify").unstarted(this::send);
    private final Thread receiver = Thread.ofVirtual().name("notify-answers").unstarted(this::receive);

    private Announcer(List<Neighbour> secondaries, InstantSource clock, TransferCounts counts, DatagramSocket socket) {
        this.clock = clock;
        this.counts = counts;
        this.socket = socket;
        this.notifier = new Notifier(secondaries, new SecureRandom());
    }

    /// @param address that it sends from: secondaries know their primary by it
    static Announcer start(
            List<Neighbour> secondaries, InetSocketAddress address, InstantSource clock, TransferCounts counts)
            throws IOException {
        var announcer = new Announcer(
                secondaries, clock, counts, new DatagramSocket(new InetSocketAddress(address.getAddress(), 0)));
        announcer.sender.start();
        announcer.receiver.start();
        return announcer;
    }

    void announce(ResourceRecord soa) {
        lock.lock();
        try {
            notifier.announce(soa, clock.instant());
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        lock.lock();
        try {
            while (!socket.isClosed()) {
                notifier.tick(clock.instant()).forEach(this::send);
                var wait = notifier.deadline()
                        .map(until -> Duration.between(clock.instant(), until))
                        .orElse(Duration.ofDays(1));
                news.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void send(Notifier.Outgoing outgoing) {
        try {
            var octets = outgoing.message().toArray();
            socket.send(new DatagramPacket(octets, octets.length, outgoing.to()));
            counts.notifySent();
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("to", Transport.endpoint(outgoing.to()))
                    .addKeyValue("error", e.getMessage())
                    .log("NOTIFY");
        }
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[DnsCodec.MAX_OCTETS], DnsCodec.MAX_OCTETS);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                var from = (InetSocketAddress) packet.getSocketAddress();
                handle(from, Bytes.copyOf(packet.getData()).slice(0, packet.getLength()))
                        .ifPresent(zone -> told(from, zone));
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("error", e.getMessage()).log("NOTIFY");
            }
        }
    }

    private Optional<DnsName> handle(InetSocketAddress from, Bytes packet) {
        lock.lock();
        try {
            return notifier.handle(from, packet, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void told(InetSocketAddress secondary, DnsName zone) {
        counts.notifyAnswered();
        LOG.atInfo()
                .addKeyValue("secondary", Transport.endpoint(secondary))
                .addKeyValue("zone", zone)
                .log("has been told of the zone's version");
    }

    @Override
    public void close() {
        socket.close();
        sender.interrupt();
    }
}
