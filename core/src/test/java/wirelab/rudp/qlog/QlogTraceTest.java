package wirelab.rudp.qlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wirelab.rudp.qlog.QlogHeader.Vantage;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.Verdict;

class QlogTraceTest {
    private static final long START = 5_000_000_000L;
    private static final Instant REFERENCE = Instant.parse("2026-11-24T12:00:00.250Z");

    private static final class Kept implements QlogSink {
        final List<String> records = new ArrayList<>();
        int ends;

        @Override
        public void write(String record) {
            records.add(record);
        }

        @Override
        public void end() {
            ends++;
        }
    }

    private final Kept kept = new Kept();

    @Test
    void aTraceBeginsWithItsHeader() throws IOException {
        var _ = client("50 \"MB\"\n.zip");
        assertThat(values(kept.records.getFirst()))
                .containsEntry("/qlog_format", "JSON-SEQ")
                .containsEntry("/qlog_version", "0.3")
                .containsEntry("/title", "50 \"MB\"\n.zip")
                .containsEntry("/trace/vantage_point/type", "client")
                .containsEntry("/trace/vantage_point/name", "client")
                .containsEntry("/trace/common_fields/ODCID", "fedcba9876543210")
                .containsEntry("/trace/common_fields/protocol_type/0", "RUDP")
                .containsEntry("/trace/common_fields/time_format", "relative")
                .containsEntry("/trace/common_fields/reference_time", Long.toString(REFERENCE.toEpochMilli()));
    }

    @Test
    void eachRecordIsOneLineBetweenTheSeparatorsOfRfc7464() {
        everything(client("x"));
        assertThat(kept.records).hasSizeGreaterThan(10).allSatisfy(record -> {
            assertThat(record).startsWith("\u001e{").endsWith("}\n");
            assertThat(record.strip()).doesNotContain("\n");
        });
    }

    @Test
    void packetsCarryTypeNumberLengthAndMilliseconds() throws IOException {
        var trace = client("x");
        trace.sent(START, PacketType.INITIAL, 0, 1200, true);
        trace.sent(START + 12_345_678, PacketType.DATA, 1, 40, false);
        trace.received(START + 20_000_999, 7, 1472, Verdict.ACCEPTED);
        trace.received(START + 20_007_000, -1, 1472, Verdict.REPEATED);
        assertThat(values(kept.records.get(1)))
                .containsEntry("/time", "0")
                .containsEntry("/name", "transport:packet_sent")
                .containsEntry("/data/header/packet_type", "initial")
                .containsEntry("/data/header/packet_number", "0")
                .containsEntry("/data/raw/length", "1200");
        assertThat(values(kept.records.get(2)))
                .containsEntry("/time", "12.345")
                .containsEntry("/data/header/packet_type", "1RTT")
                .containsEntry("/data/is_ack_eliciting", "false");
        assertThat(values(kept.records.get(3)))
                .containsEntry("/time", "20")
                .containsEntry("/name", "transport:packet_received")
                .containsEntry("/data/header/packet_number", "7");
        assertThat(values(kept.records.get(4)))
                .containsEntry("/time", "20.007")
                .containsEntry("/name", "transport:packet_dropped")
                .containsEntry("/data/trigger", "duplicate");
    }

    @Test
    void packetsThatOneAckAcknowledgesAreOneEventBeforeWhatFollows() throws IOException {
        var trace = client("x");
        trace.acked(START + 1_000_000, 3, 1472);
        trace.acked(START + 1_000_000, 4, 1472);
        trace.acked(START + 2_000_000, 5, 1472);
        trace.lost(START + 2_000_000, 2, 1400);
        assertThat(kept.records).hasSize(4);
        assertThat(values(kept.records.get(1)))
                .containsEntry("/name", "transport:packets_acked")
                .containsEntry("/time", "1")
                .containsEntry("/data/packet_numbers/0", "3")
                .containsEntry("/data/packet_numbers/1", "4")
                .doesNotContainKey("/data/packet_numbers/2");
        assertThat(values(kept.records.get(2))).containsEntry("/data/packet_numbers/0", "5");
        assertThat(values(kept.records.get(3)))
                .containsEntry("/name", "recovery:packet_lost")
                .containsEntry("/data/header/packet_number", "2")
                .containsEntry("/data/raw/length", "1400");
    }

    @Test
    void metricsSayWhatChangedInMillisecondsOctetsAndBits() throws IOException {
        var trace = client("x");
        trace.metrics(START, 21_000_000, 20_500_000, 20_000_000, 90_000, 45_000, 1_250_000, "startup");
        trace.metrics(START, 21_000_000, 20_500_000, 20_000_000, 95_000, 45_000, 1_250_000, "drain");
        assertThat(values(kept.records.get(1)))
                .containsEntry("/name", "recovery:metrics_updated")
                .containsEntry("/data/latest_rtt", "21")
                .containsEntry("/data/smoothed_rtt", "20.500")
                .containsEntry("/data/min_rtt", "20")
                .containsEntry("/data/congestion_window", "90000")
                .containsEntry("/data/bytes_in_flight", "45000")
                .containsEntry("/data/pacing_rate", "10000000");
        assertThat(values(kept.records.get(3)))
                .containsEntry("/data/congestion_window", "95000")
                .doesNotContainKeys("/data/latest_rtt", "/data/bytes_in_flight", "/data/pacing_rate");
        assertThat(values(kept.records.get(4)))
                .containsEntry("/name", "recovery:congestion_state_updated")
                .containsEntry("/data/old", "startup")
                .containsEntry("/data/new", "drain");
    }

    @Test
    void theEndOfTheConnectionEndsTheTraceOnce() {
        var trace = client("x");
        everything(trace);
        int count = kept.records.size();
        trace.sent(START, PacketType.DATA, 9, 99, true);
        trace.end();
        assertThat(kept.ends).isEqualTo(1);
        assertThat(kept.records).hasSize(count);
    }

    @Test
    void aServersTraceBeginsWithAClientThatHasShownItsAddress() throws IOException {
        var trace = server();
        trace.received(START, 0, 1200, Verdict.ACCEPTED);
        trace.sent(START, PacketType.DATA, 0, 80, true);
        assertThat(kept.records).isEmpty();
        trace.state(START + 1, ConnectionState.ACCEPTING, ConnectionState.ESTABLISHED);
        trace.received(START + 1, 1, 60, Verdict.ACCEPTED);
        assertThat(kept.records).hasSize(5);
        assertThat(values(kept.records.get(1))).containsEntry("/data/header/packet_type", "initial");
        assertThat(values(kept.records.get(3)))
                .containsEntry("/data/old", "accepting")
                .containsEntry("/data/new", "established");
        assertThat(values(kept.records.get(4))).containsEntry("/data/header/packet_type", "1RTT");
    }

    @Test
    void aForgedAddressLeavesNoTrace() {
        var trace = server();
        for (int i = 0; i < 10_000; i++) {
            trace.sent(START, PacketType.DATA, i, 80, true);
        }
        trace.state(START + 1, ConnectionState.ACCEPTING, ConnectionState.CLOSED);
        assertThat(kept.records).isEmpty();
        assertThat(kept.ends).isZero();
    }

    private QlogTrace client(String title) {
        return new QlogTrace(
                new QlogHeader(Vantage.CLIENT, "client", title, 0xfedcba9876543210L, REFERENCE), START, kept);
    }

    private QlogTrace server() {
        return new QlogTrace(new QlogHeader(Vantage.SERVER, "rudp-proxy", "x", 1, REFERENCE), START, kept);
    }

    private static void everything(QlogTrace trace) {
        for (var type : PacketType.values()) {
            trace.sent(START, type, 1, 50, true);
        }
        for (var verdict : Verdict.values()) {
            trace.received(START, verdict == Verdict.ACCEPTED ? 1 : -1, 50, verdict);
        }
        trace.metrics(START, 1, 2, 3, 4, 5, Long.MAX_VALUE, "x");
        trace.acked(START, 1, 2);
        trace.spurious(START, 1);
        trace.probe(START, 2);
        trace.acked(START, 2, 2);
        trace.state(START, ConnectionState.ESTABLISHED, ConnectionState.CLOSED);
    }

    /// Every value of a record by its path, read by a parser that is not ours.
    private static Map<String, String> values(String record) throws IOException {
        var values = new LinkedHashMap<String, String>();
        try (JsonParser parser = new JsonFactory().createParser(record.substring(1))) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && token != JsonToken.FIELD_NAME) {
                    values.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return values;
    }
}
