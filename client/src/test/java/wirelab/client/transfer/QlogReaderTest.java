package wirelab.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.client.chart.Series.Point;
import wirelab.client.transfer.QlogReader.NotATrace;
import wirelab.rudp.qlog.QlogHeader;
import wirelab.rudp.qlog.QlogHeader.Vantage;
import wirelab.rudp.qlog.QlogSink;
import wirelab.rudp.qlog.QlogTrace;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.Verdict;

class QlogReaderTest {
    private static final long START = 9_000_000_000L;
    private static final long MILLI = 1_000_000;
    private static final Instant REFERENCE = Instant.parse("2026-11-24T12:00:00.250Z");

    private final StringBuilder text = new StringBuilder();
    private final QlogTrace trace = new QlogTrace(
            new QlogHeader(Vantage.CLIENT, "client", "RUDP with 127.0.0.10:49152/udp", 1, REFERENCE),
            START,
            new QlogSink() {
                @Override
                public void write(String record) {
                    text.append(record);
                }

                @Override
                public void end() {}
            });

    @Test
    void whatWasWrittenIsRead() throws Exception {
        trace.sent(START + MILLI, PacketType.DATA, 5, 1472, true);
        trace.sent(START + MILLI, PacketType.DATA, 6, 1000, true);
        trace.received(START + 2 * MILLI, 0, 60, Verdict.ACCEPTED);
        trace.received(START + 2 * MILLI, 4, 60, Verdict.ACCEPTED);
        trace.received(START + 2 * MILLI, -1, 60, Verdict.REPEATED);
        trace.acked(START + 21 * MILLI, 5, 1472);
        trace.lost(START + 21 * MILLI, 6, 1000);
        trace.metrics(START + 21 * MILLI, 20 * MILLI, 19 * MILLI, 18 * MILLI, 65_536, 1472, 125_000, "startup");
        trace.metrics(START + 22 * MILLI, 20 * MILLI, 19 * MILLI, 18 * MILLI, 65_536, 0, 125_000, "startup");
        trace.spurious(START + 23 * MILLI, 6);
        trace.probe(START + 24 * MILLI, 1);
        trace.state(START + 25 * MILLI, ConnectionState.ESTABLISHED, ConnectionState.CLOSED);
        var read = read();
        long origin = REFERENCE.toEpochMilli() * MILLI;
        var log = read.log();
        assertThat(read.name()).isEqualTo("client");
        assertThat(read.title()).isEqualTo("RUDP with 127.0.0.10:49152/udp");
        assertThat(log.start).isEqualTo(origin);
        assertThat(log.sent.total()).isEqualTo(2472);
        assertThat(log.received.total()).isEqualTo(120);
        assertThat(log.missing.total()).isEqualTo(3);
        assertThat(log.repeated.total()).isEqualTo(1);
        assertThat(log.acked.total()).isEqualTo(1472);
        assertThat(log.lost.total()).isEqualTo(1);
        assertThat(log.late.total()).isEqualTo(1);
        assertThat(log.probes.total()).isEqualTo(1);
        assertThat(log.window.points(1, origin)).containsExactly(new Point(0.021, 65_536), new Point(0.022, 65_536));
        assertThat(log.inFlight.points(1, origin)).containsExactly(new Point(0.021, 1472), new Point(0.022, 0));
        assertThat(log.pacing.points(1, origin).getLast().y()).isEqualTo(125_000);
        assertThat(log.smoothedRtt.points(1e-6, origin).getFirst().y()).isEqualTo(19);
    }

    @Test
    void eventsThatItDoesNotKnowArePassedOver() throws Exception {
        text.append("\u001e{\"time\":1,\"name\":\"http:frame_created\",\"data\":{\"a\":[{\"b\":[1,null]}]}}\n");
        trace.sent(START, PacketType.DATA, 1, 10, true);
        assertThat(read().log().sent.total()).isEqualTo(10);
    }

    @Test
    void aLastRecordThatIsCutOffIsLeftOut() throws Exception {
        trace.sent(START, PacketType.DATA, 1, 10, true);
        trace.sent(START, PacketType.DATA, 2, 10, true);
        text.setLength(text.length() - 9);
        assertThat(read().log().sent.total()).isEqualTo(10);
    }

    @Test
    void aBrokenRecordInTheMiddleIsNamedByItsLine() {
        text.append("\u001e{\"time\":1,\n");
        trace.sent(START, PacketType.DATA, 1, 10, true);
        assertThatThrownBy(this::read).isInstanceOf(NotATrace.class).hasMessageStartingWith("line 2: not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PNG", "{}", "[1]", "{\"qlog_format\":\"JSON\"}"})
    void whatIsNoTraceIsRefused(String nonsense) {
        text.setLength(0);
        text.append(nonsense);
        assertThatThrownBy(this::read).isInstanceOf(NotATrace.class).hasMessageStartingWith("line 1: ");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        text.append("\u001e{\"time\":\"now\",\"name\":\"transport:packet_sent\",\"data\":{}}\n");
        assertThatThrownBy(this::read).isInstanceOf(NotATrace.class).hasMessageStartingWith("line 2: not a number");
    }

    private QlogReader.Trace read() throws IOException, NotATrace {
        return QlogReader.read(new BufferedReader(new StringReader(text.toString())));
    }
}
