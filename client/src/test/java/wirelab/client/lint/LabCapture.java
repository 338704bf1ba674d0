package wirelab.client.lint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import wirelab.client.capture.Application;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.HttpResponse;
import wirelab.client.capture.Application.Plain;
import wirelab.client.capture.Application.ScrapReply;
import wirelab.client.capture.Application.ScrapRequest;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Content;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// A run of the lab made by hand, with what reports go wrong on: another network's DHCP server, both ends closing at
/// once, and a file of half the size that its name says. Confined to one thread.
final class LabCapture {
    private static final Endpoint CLIENT = new Endpoint("10.20.30.51", 49152);
    private static final Endpoint PROXY = new Endpoint("127.0.0.10", 49152);
    private static final Endpoint PROXY_TCP = new Endpoint("127.0.0.10", 49153);
    private static final Endpoint SCRAP = new Endpoint("127.0.0.5", 49153);
    private static final Endpoint HTTP = new Endpoint("127.0.0.1", 80);
    private static final Endpoint ALL = new Endpoint("255.255.255.255", 68);
    private static final List<String> NAMES = List.of("100MB.zip", "image-site.png");
    private static final int FIN = 0x11;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int PSH = 0x18;

    private final List<Frame> frames = new ArrayList<>();

    static Capture made() {
        var lab = new LabCapture();
        lab.dhcp();
        lab.message(CLIENT, PROXY, 31, "SIGNECHO", 290, List.of(), OptionalInt.empty());
        lab.message(PROXY, CLIENT, 32, "ECHOREPLY", 290, List.of(), OptionalInt.of(6));
        lab.scrap();
        lab.message(PROXY, CLIENT, 65, "ACKGET", 292, NAMES, OptionalInt.empty());
        lab.download(1, 59369, "/100MB.zip", 52_428_800);
        lab.download(2, 47475, "/image-site.png", 1_360_583);
        return new Capture("lab.pcapng", lab.frames);
    }

    private void dhcp() {
        var ours = new Endpoint("10.20.30.40", 67);
        var nobody = new Endpoint("0.0.0.0", 68);
        dhcp(nobody, Dhcp.DISCOVER);
        dhcp(ours, Dhcp.OFFER);
        dhcp(nobody, Dhcp.REQUEST);
        dhcp(new Endpoint("192.168.214.254", 67), Dhcp.NAK);
        dhcp(ours, Dhcp.ACK);
    }

    private void scrap() {
        tcp(0, PROXY_TCP, SCRAP, SYN, 0, 0, 0, new Plain());
        tcp(0, SCRAP, PROXY_TCP, SYN_ACK, 0, 1, 0, new Plain());
        tcp(0, PROXY_TCP, SCRAP, ACK, 1, 1, 0, new Plain());
        tcp(0, PROXY_TCP, SCRAP, PSH, 1, 1, 7, new ScrapRequest("SIGNGET"));
        tcp(0, SCRAP, PROXY_TCP, ACK, 1, 8, 0, new Plain());
        tcp(0, SCRAP, PROXY_TCP, PSH, 1, 8, 54, new ScrapReply(NAMES, Optional.empty()));
        tcp(0, SCRAP, PROXY_TCP, FIN, 55, 8, 0, new Plain());
        tcp(0, PROXY_TCP, SCRAP, FIN, 8, 55, 0, new Plain());
        tcp(0, SCRAP, PROXY_TCP, ACK, 56, 9, 0, new Plain());
    }

    private void download(int stream, int port, String target, long octets) {
        var client = new Endpoint(CLIENT.address(), port);
        tcp(stream, client, HTTP, SYN, 0, 0, 0, new Plain());
        tcp(stream, HTTP, client, SYN_ACK, 0, 1, 0, new Plain());
        tcp(stream, client, HTTP, ACK, 1, 1, 0, new Plain());
        tcp(stream, client, HTTP, PSH, 1, 1, 132, new HttpRequest("GET", target, Optional.empty()));
        var head = new HttpResponse(200, "OK", OptionalLong.of(octets), Optional.empty());
        tcp(stream, HTTP, client, ACK, 1, 133, 32768, head);
        tcp(stream, client, HTTP, FIN, 133, octets + 300, 0, new Plain());
        tcp(stream, HTTP, client, FIN, octets + 300, 134, 0, new Plain());
    }

    private void dhcp(Endpoint source, int type) {
        add(
                source,
                ALL,
                244,
                new Dhcp(
                        type,
                        "0x00000000",
                        "0.0.0.0",
                        "0.0.0.0",
                        "0.0.0.0",
                        "02:00:00:00:00:01",
                        true,
                        List.of(53),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()));
    }

    private void message(
            Endpoint source,
            Endpoint destination,
            int payload,
            String type,
            long id,
            List<String> names,
            OptionalInt replyTo) {
        add(
                source,
                destination,
                payload,
                new RudpMessage(
                        type,
                        OptionalLong.of(id),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        names,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        replyTo,
                        OptionalInt.empty(),
                        OptionalInt.empty()));
    }

    private void tcp(
            int stream,
            Endpoint source,
            Endpoint destination,
            int flags,
            long sequence,
            long acknowledgment,
            int payload,
            Application application) {
        add(
                source,
                destination,
                payload,
                new TcpSegment(
                        stream, sequence, acknowledgment, flags, 65536, List.of(), Optional.empty(), application));
    }

    private void add(Endpoint source, Endpoint destination, int payload, Content content) {
        int number = frames.size() + 1;
        frames.add(new Frame(
                number,
                Instant.EPOCH.plusMillis(number),
                payload + 68,
                payload,
                false,
                source,
                destination,
                Frame.Checksum.FILLED,
                content));
    }
}
