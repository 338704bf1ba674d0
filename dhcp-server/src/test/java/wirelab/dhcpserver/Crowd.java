package wirelab.dhcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wirelab.dhcp.DhcpCodec;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Many clients behind one socket on 127.0.0.1, who take, renew and give back addresses as fast as they are answered,
/// and keep books of what was acknowledged. It fails as soon as an answer does not agree with the books. Confined to
/// one thread.
final class Crowd implements AutoCloseable {
    /// How many have asked and wait.
    private static final int WINDOW = 64;

    private static final int PATIENCE_MILLIS = 500;
    private static final int TRIES = 40;

    private record Asked(LabClient client, DhcpMessage message) {}

    private final DatagramSocket socket;
    private final Inet4Address server;
    private final RandomGenerator random;
    private final int most;
    private final Map<LabClient, Inet4Address> held = new HashMap<>();
    private final Map<Inet4Address, LabClient> holders = new HashMap<>();
    private final List<LabClient> tenants = new ArrayList<>();
    private final Map<Integer, Asked> asked = new HashMap<>();
    private InetSocketAddress to;
    private int newcomers;
    private int xid;
    private int acknowledged;

    /// @param most how many addresses they have at once, not many more; the pool must have more
    Crowd(Inet4Address server, int most, RandomGenerator random) throws IOException {
        this.socket = new DatagramSocket(0);
        this.server = server;
        this.most = most;
        this.random = random;
        this.to = new InetSocketAddress(server, 67);
    }

    /// Where replies are to go.
    int port() {
        return socket.getLocalPort();
    }

    /// How many ACKs have come.
    int acknowledged() {
        return acknowledged;
    }

    int held() {
        return held.size();
    }

    /// The server is started anew: nobody waits for an answer any more.
    void turnTo(int serverPort) {
        asked.clear();
        to = new InetSocketAddress(server, serverPort);
    }

    /// All ask on, until `replies` answers have come.
    void bustle(int replies) throws IOException, MalformedException {
        for (int i = 0; i < replies; ) {
            while (asked.size() < WINDOW) {
                askSomething();
            }
            if (hear(PATIENCE_MILLIS)) {
                i++;
            } else {
                asked.clear();
            }
        }
    }

    /// What was still on its way when the server ended.
    void hearTheRest() throws IOException, MalformedException {
        while (hear(1)) {
            // It counts: who has an ACK has the address.
        }
    }

    /// Each begins anew and asks for what it has, and must get it. Who renews would get it, too, where nothing is known
    /// of
    /// it: a server that lost its leases allows that.
    void assertThatAllKeepTheirAddresses() throws IOException, MalformedException {
        var left = new ArrayList<>(tenants);
        for (int tries = 0; !left.isEmpty(); tries++) {
            assertThat(tries).as("tries, with %s left", left).isLessThan(TRIES);
            int before = acknowledged;
            for (int first = 0; first < left.size(); first += WINDOW) {
                for (var client : left.subList(first, Math.min(first + WINDOW, left.size()))) {
                    send(client, client.reboot(address(client)));
                }
                while (!asked.isEmpty() && hear(PATIENCE_MILLIS)) {
                    // All of this window.
                }
            }
            var silent = asked.values().stream().map(Asked::client).toList();
            assertThat(acknowledged - before).isEqualTo(left.size() - silent.size());
            left.retainAll(silent);
            asked.clear();
        }
    }

    private void askSomething() throws IOException {
        boolean few = tenants.size() < 2 * WINDOW;
        if (few || (tenants.size() < most && random.nextInt(3) > 0)) {
            var client = new LabClient(++newcomers);
            send(client, client.discover());
            return;
        }
        int index = random.nextInt(tenants.size());
        var client = tenants.get(index);
        if (random.nextInt(4) == 0) {
            send(client, client.renew(address(client)));
            return;
        }
        // It has let go of the address, whether the server hears of it or not.
        post(client.release(address(client), server));
        tenants.set(index, tenants.getLast());
        tenants.removeLast();
        holders.remove(held.remove(client));
        asked.values().removeIf(other -> other.client().equals(client));
    }

    private String address(LabClient client) {
        return Optional.ofNullable(held.get(client)).orElseThrow().getHostAddress();
    }

    private void send(LabClient client, DhcpMessage message) throws IOException {
        xid++;
        var numbered = DhcpMessage.request(xid, message.chaddr(), message.options())
                .withCiaddr(message.ciaddr())
                .withBroadcast();
        asked.put(xid, new Asked(client, numbered));
        post(numbered);
    }

    private void post(DhcpMessage message) throws IOException {
        var payload = DhcpCodec.encode(message).toArray();
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    /// @return false if nothing comes
    private boolean hear(int millis) throws IOException, MalformedException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException _) {
            return false;
        }
        var reply = DhcpCodec.decode(
                Bytes.copyOf(packet.getData()).slice(0, packet.getLength()).toBuffer());
        var question = asked.remove(reply.xid());
        if (question != null) {
            check(question, reply);
        }
        return true;
    }

    private void check(Asked question, DhcpMessage reply) throws IOException {
        var client = question.client();
        boolean selects = question.message().serverIdentifier().isPresent();
        switch (reply.type().orElseThrow()) {
            case OFFER -> {
                assertIsNobodyElses(reply.yiaddr(), client);
                send(client, client.select(reply.yiaddr().getHostAddress(), server));
            }
            case ACK -> {
                assertIsNobodyElses(reply.yiaddr(), client);
                acknowledged++;
                var before = held.put(client, reply.yiaddr());
                holders.put(reply.yiaddr(), client);
                if (before == null) {
                    tenants.add(client);
                } else {
                    assertThat(reply.yiaddr()).as("%s renews", client).isEqualTo(before);
                }
            }
            default -> {
                assertThat(reply.type()).contains(DhcpMessageType.NAK);
                assertThat(selects)
                        .as("%s was refused %s, which it has", client, held.get(client))
                        .isTrue();
            }
        }
    }

    private void assertIsNobodyElses(Inet4Address address, LabClient client) {
        assertThat(holders.getOrDefault(address, client))
                .as("who has %s, which %s was given", address, client)
                .isEqualTo(client);
    }

    @Override
    public void close() {
        socket.close();
    }
}
