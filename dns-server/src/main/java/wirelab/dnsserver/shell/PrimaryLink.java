package wirelab.dnsserver.shell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import wirelab.daemon.Transport;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Question;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dns.tsig.TsigSession;
import wirelab.dnsserver.engine.transfer.Neighbour;
import wirelab.dnsserver.engine.transfer.TransferReader;
import wirelab.dnsserver.engine.transfer.TransferReader.TransferException;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.Zone;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Questions to the primary of a zone. Safe for many threads.
///
/// @param zone its origin
/// @param local the address that we ask from: the primary may know us by it
/// @param clock of the signatures
record PrimaryLink(DnsName zone, Neighbour primary, InetAddress local, InstantSource clock, RandomGenerator random) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    PrimaryLink(DnsName zone, Neighbour primary, InetAddress local, InstantSource clock) {
        this(zone, primary, local, clock, new SecureRandom());
    }

    /// A query, and what its answers are checked by.
    private record Asked(Question question, int id, Bytes octets, Optional<TsigSession> session, InstantSource clock) {
        DnsMessage read(Bytes octets) throws IOException, MalformedException {
            var message = DnsCodec.decode(octets);
            if (message.header().id() != id
                    || !message.header().response()
                    || message.questions().stream().anyMatch(other -> !other.equals(question))) {
                throw new IOException("an answer to another question");
            }
            if (session.isPresent()) {
                var verdict = session.get().verify(octets, clock.instant().getEpochSecond());
                if (!verdict.isGood()) {
                    throw new IOException(
                            "the primary says " + message.rcode() + ", and its signature is not good: TSIG error "
                                    + verdict.error().number());
                }
            }
            return message;
        }
    }

    private Asked query(RecordType type, List<ResourceRecord> authorities) {
        int id = random.nextInt(1 << 16);
        var question = new Question(zone, type);
        var message = DnsCodec.encode(
                new DnsMessage(DnsHeader.query(id, false), List.of(question), List.of(), authorities, List.of()));
        var session = primary.key().map(TsigSession::new);
        var octets = session.map(signer -> signer.sign(message, clock.instant().getEpochSecond()))
                .orElse(message);
        return new Asked(question, id, octets, session, clock);
    }

    /// The version that the primary has.
    long serial() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(local, 0))) {
            socket.connect(primary.address());
            var packet = new DatagramPacket(new byte[DnsCodec.MAX_OCTETS], DnsCodec.MAX_OCTETS);
            for (int i = 0; i < TRIES; i++) {
                var asked = query(RecordType.SOA, List.of());
                socket.setSoTimeout((int) WAIT.toMillis() << i);
                socket.send(new DatagramPacket(
                        asked.octets().toArray(), asked.octets().size()));
                try {
                    socket.receive(packet);
                    return serial(asked.read(Bytes.copyOf(packet.getData()).slice(0, packet.getLength())));
                } catch (SocketTimeoutException e) {
                    // lost, as UDP may; ask again
                } catch (MalformedException e) {
                    throw new IOException("the primary sends " + e.getMessage(), e);
                }
            }
        }
        throw new IOException("no answer over UDP from " + Transport.endpoint(primary.address()));
    }

    private long serial(DnsMessage answer) throws IOException {
        return answer.answers().stream()
                .filter(record ->
                        record.type().equals(RecordType.SOA) && record.name().equals(zone))
                .findFirst()
                .map(Difference::serial)
                .orElseThrow(() -> new IOException("the primary says " + answer.rcode() + " and no SOA"));
    }

    /// The zone, or what has changed since a version of it.
    TransferReader take(Optional<Zone> since) throws IOException, TransferException {
        var asked = since.isEmpty()
                ? query(RecordType.AXFR, List.of())
                : query(RecordType.IXFR, List.of(since.get().soa()));
        var ours = since.map(one -> OptionalLong.of(one.serial())).orElse(OptionalLong.empty());
        var reader = new TransferReader(zone, ours);
        try (var connection = new Socket()) {
            connection.bind(new InetSocketAddress(local, 0));
            connection.connect(primary.address(), (int) CONNECT.toMillis());
            connection.setSoTimeout((int) SILENCE.toMillis());
            var out = new DataOutputStream(connection.getOutputStream());
            out.write(Bytes.of(asked.octets().size() >>> 8, asked.octets().size() & 0xff)
                    .plus(asked.octets())
                    .toArray());
            var in = new DataInputStream(connection.getInputStream());
            boolean complete;
            do {
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                complete = reader.add(asked.read(Bytes.copyOf(message)));
            } while (!complete);
        } catch (MalformedException e) {
            throw new IOException("the primary sends " + e.getMessage(), e);
        }
        if (!asked.session().map(TsigSession::isComplete).orElse(true)) {
            throw new IOException("the last message of the transfer is not signed");
        }
        return reader;
    }
}
