package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// The clients' end of the wire where the server is at an address of 127.0.0.0/8, which wants neither a network nor a
/// right. Confined to one thread.
final class LoopbackPeer implements AutoCloseable {
    private static final int AGAIN_MILLIS = 500;
    private static final int TRIES = 60;

    private final DatagramSocket socket;

    LoopbackPeer() throws IOException {
        socket = new DatagramSocket(0);
    }

    /// Where replies are to go.
    int port() {
        return socket.getLocalPort();
    }

    void send(DhcpMessage message, InetSocketAddress server) throws IOException {
        var payload = DhcpCodec.encode(message).toArray();
        socket.send(new DatagramPacket(payload, payload.length, server));
    }

    /// The next reply, to whatever; empty if none comes.
    Optional<DhcpMessage> next(int millis) throws IOException, MalformedException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
            return Optional.of(DhcpCodec.decode(
                    Bytes.copyOf(packet.getData()).slice(0, packet.getLength()).toBuffer()));
        } catch (SocketTimeoutException _) {
            return Optional.empty();
        }
    }

    /// The reply to `message` of that type, which is sent again while none comes: what a client does.
    DhcpMessage ask(DhcpMessage message, DhcpMessageType type, InetSocketAddress server)
            throws IOException, MalformedException {
        for (int i = 0; i < TRIES; i++) {
            send(message, server);
            for (var reply = next(AGAIN_MILLIS); reply.isPresent(); reply = next(AGAIN_MILLIS)) {
                if (reply.get().xid() == message.xid() && reply.get().type().equals(Optional.of(type))) {
                    return reply.get();
                }
            }
        }
        throw new IOException("no " + type + " in answer to " + message);
    }

    /// The whole exchange, and the address that came of it.
    Inet4Address lease(LabClient client, InetSocketAddress server) throws IOException, MalformedException {
        var offer = ask(client.discover(), DhcpMessageType.OFFER, server);
        var request = client.select(offer.yiaddr().getHostAddress(), (Inet4Address) server.getAddress());
        return ask(request, DhcpMessageType.ACK, server).yiaddr();
    }

    /// `client` must be allowed to go on with `address`.
    void assertKeeps(LabClient client, Inet4Address address, InetSocketAddress server)
            throws IOException, MalformedException {
        var ack = ask(client.renew(address.getHostAddress()), DhcpMessageType.ACK, server);
        assertThat(ack.yiaddr()).isEqualTo(address);
    }

    @Override
    public void close() {
        socket.close();
    }
}
