package wirelab.dnsserver;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// A client that sends whatever it likes, by UDP or TCP. Confined to one thread.
final class DnsPeer implements AutoCloseable {
    private static final int TRIES = 30;
    private static final int SECOND = 1000;

    private final InetSocketAddress server;
    private final DatagramSocket socket;
    private int id;

    DnsPeer(int port) throws IOException {
        server = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.1"), port);
        socket = new DatagramSocket();
        socket.connect(server);
        socket.setSoTimeout(SECOND);
    }

    void send(Bytes datagram) throws IOException {
        socket.send(new DatagramPacket(datagram.toArray(), datagram.size()));
    }

    /// Asks until the answer to this very question is there; what else arrives is left aside.
    DnsMessage ask(String name, RecordType type) throws IOException {
        id = id + 1 & 0xffff;
        var query = DnsCodec.encode(DnsMessage.query(id, DnsName.of(name), type));
        for (int i = 0; i < TRIES; i++) {
            send(query);
            try {
                return answer(DnsName.of(name));
            } catch (SocketTimeoutException e) {
                // lost, as UDP may; ask again
            }
        }
        throw new IOException("no answer about " + name);
    }

    private DnsMessage answer(DnsName name) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (true) {
            socket.receive(packet);
            try {
                var message = DnsCodec.decode(Bytes.copyOf(packet.getData()).slice(0, packet.getLength()));
                boolean ours = message.questions().stream()
                        .anyMatch(question -> question.name().equals(name));
                if (ours && message.header().id() == id) {
                    return message;
                }
            } catch (MalformedException e) {
                throw new IOException("the server sent nonsense", e);
            }
        }
    }

    Socket connect() throws IOException {
        var connection = new Socket();
        connection.connect(server);
        connection.setSoTimeout(TRIES * SECOND);
        return connection;
    }

    /// Queries for `name`, one after the other, each with its length before it.
    static Bytes framed(DnsMessage... messages) {
        var out = new WireWriter();
        for (var message : messages) {
            var octets = DnsCodec.encode(message);
            out.u16(octets.size()).bytes(octets);
        }
        return out.toBytes();
    }

    static DnsMessage read(Socket connection) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        try {
            return DnsCodec.decode(Bytes.copyOf(in.readNBytes(in.readUnsignedShort())));
        } catch (MalformedException e) {
            throw new IOException("the server sent nonsense", e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
