package wirelab.dhcpserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// UDP sockets for a test that runs elsewhere: a program, to be run inside a private network.
///
/// Each line `ADDRESS PORT HEX` on its stdin is a datagram to send; each that comes is such a line on its stdout.
/// It sends from a socket of its own, since from one that is bound to 255.255.255.255 nothing can be sent. It ends with
/// its stdin.
final class DatagramRelay {
    private static final HexFormat HEX = HexFormat.of();

    private DatagramRelay() {}

    /// Listens at the address and the port that are given, says `up`, and relays.
    public static void main(String[] arguments) throws IOException {
        var local = new InetSocketAddress(Inet4Address.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
        try (var listening = new DatagramSocket(local);
                var sending = new DatagramSocket()) {
            sending.setBroadcast(true);
            System.out.println("up");
            Thread.ofPlatform().daemon().start(() -> receive(listening));
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                send(sending, line.split(" ", -1));
            }
        }
    }

    private static void send(DatagramSocket socket, String[] words) throws IOException {
        var payload = HEX.parseHex(words[2]);
        var to = new InetSocketAddress(Inet4Address.ofLiteral(words[0]), Integer.parseInt(words[1]));
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    private static void receive(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (!socket.isClosed()) {
                packet.setLength(65_536);
                socket.receive(packet);
                System.out.println(packet.getAddress().getHostAddress() + " " + packet.getPort() + " "
                        + HEX.formatHex(packet.getData(), 0, packet.getLength()));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
