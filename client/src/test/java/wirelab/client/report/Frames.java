package wirelab.client.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import wirelab.client.capture.Application;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Content;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// A capture made by hand, a frame a millisecond. Confined to one thread.
final class Frames {
    static final int FIN = 0x11;
    static final int SYN = 0x02;
    static final int SYN_ACK = 0x12;
    static final int ACK = 0x10;
    static final int RST = 0x14;

    private final List<Frame> frames = new ArrayList<>();

    Frames add(String source, String destination, int payload, Content content) {
        int number = frames.size() + 1;
        frames.add(new Frame(
                number,
                Instant.EPOCH.plus(Duration.ofMillis(number)),
                payload + 68,
                payload,
                false,
                end(source),
                end(destination),
                Frame.Checksum.FILLED,
                content));
        return this;
    }

    Frames tcp(String source, String destination, int flags, long sequence, long acknowledgment, int payload) {
        return tcp(source, destination, flags, sequence, acknowledgment, payload, new Application.Plain());
    }

    Frames tcp(
            String source,
            String destination,
            int flags,
            long sequence,
            long acknowledgment,
            int payload,
            Application application) {
        return add(
                source,
                destination,
                payload,
                new TcpSegment(0, sequence, acknowledgment, flags, 65536, List.of(), Optional.empty(), application));
    }

    /// A DHCP message of a client that asks for 10.0.0.7.
    Frames dhcp(String source, int type, Optional<String> server) {
        return add(
                source,
                "255.255.255.255:68",
                244,
                new Dhcp(
                        type,
                        "0x00000001",
                        "0.0.0.0",
                        type == Dhcp.OFFER || type == Dhcp.ACK ? "10.0.0.7" : "0.0.0.0",
                        "0.0.0.0",
                        "02:00:00:00:00:01",
                        true,
                        List.of(53),
                        type == Dhcp.REQUEST ? Optional.of("10.0.0.7") : Optional.empty(),
                        server,
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()));
    }

    Report told() {
        return Story.of(new Capture("made.pcapng", frames));
    }

    private static Endpoint end(String text) {
        int colon = text.lastIndexOf(':');
        return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
