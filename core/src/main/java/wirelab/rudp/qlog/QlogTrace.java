package wirelab.rudp.qlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import wirelab.rudp.qlog.QlogHeader.Vantage;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.TransportObserver;
import wirelab.rudp.transport.Verdict;

/// Writes down what a connection does, as qlog's events. Confined to the connection's thread.
///
/// RUDP is not QUIC, but its packets, losses and windows are so much like QUIC's that QUIC's event names fit; an
/// INITIAL
/// is an `initial` packet, DATA a `1RTT` one. Where there is no such name, the event is in the category `rudp`.
///
/// A server's trace begins when the client has shown that it gets mail at its address: what a forged address sends
/// makes no file.
///
/// @spec https://datatracker.ietf.org/doc/html/draft-ietf-quic-qlog-quic-events-02 events of qlog 0.3
public final class QlogTrace implements TransportObserver {
    /// Records that a server keeps until its client has shown its address; more are dropped.
    private static final int MOST_HELD = 64;

    /// Acknowledged packets in one event.
    private static final int MOST_ACKED = 256;

    private static final int BITS = 8;

    private final QlogSink sink;
    private final long start;
    private final List<String> held = new ArrayList<>();
    private final long[] acked = new long[MOST_ACKED];
    private int ackedCount;
    private long ackedAt;
    private boolean holding;
    private boolean ended;
    private ConnectionState state;

    private long lastRtt = -1;
    private long lastSmoothed = -1;
    private long lastLeast = -1;
    private long lastWindow = -1;
    private long lastInFlight = -1;
    private long lastPacing = -1;
    private String lastCongestion = "";

    /// Begins a trace.
    ///
    /// @param start the connection's time, in nanoseconds, at the header's reference
    public QlogTrace(QlogHeader header, long start, QlogSink sink) {
        this.sink = sink;
        this.start = start;
        boolean server = header.vantage() == Vantage.SERVER;
        this.state = server ? ConnectionState.ACCEPTING : ConnectionState.OPENING;
        this.holding = server;
        write(header.record());
    }

    @Override
    public void sent(long now, PacketType type, long number, int octets, boolean eliciting) {
        var event = packet(event(now, "transport:packet_sent"), word(type), number, octets);
        write(eliciting ? event : event.flag("is_ack_eliciting", false));
    }

    @Override
    public void received(long now, long number, int octets, Verdict verdict) {
        if (verdict == Verdict.ACCEPTED) {
            // A server's first packets are INITIALs, and those that a client takes are DATA.
            var type = state == ConnectionState.ACCEPTING ? PacketType.INITIAL : PacketType.DATA;
            write(packet(event(now, "transport:packet_received"), word(type), number, octets));
        } else {
            var event = event(now, "transport:packet_dropped");
            event.open("raw").number("length", octets).close();
            write(event.text("trigger", trigger(verdict)));
        }
    }

    @Override
    public void acked(long now, long number, int octets) {
        if (ackedCount == MOST_ACKED || (ackedCount > 0 && now != ackedAt)) {
            writeAcked();
        }
        ackedAt = now;
        acked[ackedCount] = number;
        ackedCount++;
    }

    @Override
    public void lost(long now, long number, int octets) {
        write(packet(event(now, "recovery:packet_lost"), word(PacketType.DATA), number, octets));
    }

    @Override
    public void spurious(long now, long number) {
        var event = event(now, "rudp:packet_late");
        write(event.open("header")
                .text("packet_type", word(PacketType.DATA))
                .number("packet_number", number)
                .close());
    }

    @Override
    public void probe(long now, int count) {
        write(event(now, "recovery:loss_timer_updated")
                .text("timer_type", "pto")
                .text("event_type", "expired")
                .number("pto_count", count));
    }

    @Override
    public void state(long now, ConnectionState before, ConnectionState after) {
        state = after;
        if (after == ConnectionState.ESTABLISHED) {
            release();
        }
        write(event(now, "connectivity:connection_state_updated")
                .text("old", word(before))
                .text("new", word(after)));
        if (after == ConnectionState.CLOSED) {
            end();
        }
    }

    @Override
    public void metrics(
            long now,
            long rtt,
            long smoothedRtt,
            long leastRtt,
            long window,
            long inFlight,
            long pacingRate,
            String congestionState) {
        var event = event(now, "recovery:metrics_updated");
        if (rtt != lastRtt) {
            event.millis("latest_rtt", rtt);
        }
        if (smoothedRtt != lastSmoothed) {
            event.millis("smoothed_rtt", smoothedRtt);
        }
        if (leastRtt != lastLeast) {
            event.millis("min_rtt", leastRtt);
        }
        if (window != lastWindow) {
            event.number("congestion_window", window);
        }
        if (inFlight != lastInFlight) {
            event.number("bytes_in_flight", inFlight);
        }
        if (pacingRate != lastPacing) {
            event.number("pacing_rate", bits(pacingRate));
        }
        write(event);
        lastRtt = rtt;
        lastSmoothed = smoothedRtt;
        lastLeast = leastRtt;
        lastWindow = window;
        lastInFlight = inFlight;
        lastPacing = pacingRate;
        if (!congestionState.equals(lastCongestion)) {
            write(event(now, "recovery:congestion_state_updated")
                    .text("old", lastCongestion)
                    .text("new", congestionState));
            lastCongestion = congestionState;
        }
    }

    /// Nothing more will happen; what happens all the same is not written.
    public void end() {
        if (ended) {
            return;
        }
        writeAcked();
        ended = true;
        held.clear();
        if (!holding) {
            sink.end();
        }
    }

    private QlogRecord event(long now, String name) {
        writeAcked();
        return begin(now, name);
    }

    private QlogRecord begin(long now, String name) {
        return new QlogRecord().millis("time", now - start).text("name", name).open("data");
    }

    private static QlogRecord packet(QlogRecord event, String type, long number, int octets) {
        event.open("header")
                .text("packet_type", type)
                .number("packet_number", number)
                .close();
        return event.open("raw").number("length", octets).close();
    }

    private void writeAcked() {
        if (ackedCount > 0) {
            int count = ackedCount;
            ackedCount = 0;
            write(begin(ackedAt, "transport:packets_acked").numbers("packet_numbers", acked, count));
        }
    }

    private void write(QlogRecord event) {
        write(event.end());
    }

    private void write(String record) {
        if (ended) {
            return;
        }
        if (!holding) {
            sink.write(record);
        } else if (held.size() < MOST_HELD) {
            held.add(record);
        }
    }

    private void release() {
        writeAcked();
        holding = false;
        held.forEach(sink::write);
        held.clear();
    }

    private static long bits(long octets) {
        return octets > Long.MAX_VALUE / BITS ? Long.MAX_VALUE : octets * BITS;
    }

    private static String word(ConnectionState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String word(PacketType type) {
        return switch (type) {
            case INITIAL -> "initial";
            case DATA -> "1RTT";
            case RETRY -> "retry";
            case RESET -> "stateless_reset";
        };
    }

    private static String trigger(Verdict verdict) {
        return switch (verdict) {
            case UNREADABLE -> "header_parse_error";
            case CORRUPT -> "payload_decrypt_error";
            case STRANGE -> "unknown_connection_id";
            case REPEATED -> "duplicate";
            case NO_ROOM -> "no_room";
            case UNEXPECTED, ACCEPTED, VIOLATION -> "unexpected_packet";
        };
    }
}
