package wirelab.client.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wirelab.rudp.transport.PacketType;
import wirelab.rudp.transport.Verdict;

/// Reads a trace that `--qlog` wrote. Confined to one thread.
///
/// It reads what the charts show, and passes over events that it does not know.
public final class QlogReader {
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int BITS = 8;

    /// A trace.
    ///
    /// @param name the program that wrote it
    /// @param log times in nanoseconds of the wall clock of whoever wrote it
    public record Trace(String name, String title, TransferLog log) {}

    /// What is read is no such trace.
    public static final class NotATrace extends Exception {
        private static final long serialVersionUID = 1;

        NotATrace(int line, String why) {
            super("line " + line + ": " + why);
        }
    }

    private record Event(Map<String, String> values, List<Long> numbers) {
        String text(String path) {
            return values.getOrDefault(path, "");
        }

        long number(String path) {
            return Long.parseLong(values.getOrDefault(path, "0"));
        }

        long nanos(String path) {
            return Math.round(Double.parseDouble(values.getOrDefault(path, "0")) * NANOS_OF_MILLI);
        }
    }

    private final JsonFactory json = new JsonFactory();
    private final Map<Long, Integer> underWay = new HashMap<>();
    private final Map<String, Long> metrics = new HashMap<>();
    private final long start;
    private final TransferLog log;

    private QlogReader(long start) {
        this.start = start;
        this.log = new TransferLog(start);
    }

    /// Reads all of it. A last record that is cut off is left out: whoever wrote it was ended in the middle.
    public static Trace read(BufferedReader lines) throws IOException, NotATrace {
        var first = lines.readLine();
        if (first == null) {
            throw new NotATrace(1, "nothing is there");
        }
        Event header;
        try {
            header = event(new JsonFactory(), first);
        } catch (JsonProcessingException e) {
            throw new NotATrace(1, "not JSON: " + e.getOriginalMessage());
        }
        if (!header.text("/qlog_format").equals("JSON-SEQ")) {
            throw new NotATrace(1, "expected the header of a trace, with \"qlog_format\": \"JSON-SEQ\"");
        }
        try {
            // Whole milliseconds: a double does not hold the nanoseconds since 1970.
            var reference = header.values().getOrDefault("/trace/common_fields/reference_time", "0");
            var reader = new QlogReader(Math.round(Double.parseDouble(reference)) * NANOS_OF_MILLI);
            reader.events(lines);
            return new Trace(header.text("/trace/vantage_point/name"), header.text("/title"), reader.log);
        } catch (NumberFormatException e) {
            throw new NotATrace(1, "not a number: " + e.getMessage());
        }
    }

    private void events(BufferedReader lines) throws IOException, NotATrace {
        int number = 2;
        for (var line = lines.readLine(); line != null; number++) {
            var next = lines.readLine();
            try {
                take(event(json, line));
            } catch (JsonProcessingException e) {
                if (next != null) {
                    throw new NotATrace(number, "not JSON: " + e.getOriginalMessage());
                }
            } catch (NumberFormatException e) {
                throw new NotATrace(number, "not a number: " + e.getMessage());
            }
            line = next;
        }
    }

    private static Event event(JsonFactory json, String line) throws IOException {
        var values = new HashMap<String, String>();
        var numbers = new ArrayList<Long>();
        try (var parser = json.createParser(line.startsWith("\u001e") ? line.substring(1) : line)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && parser.getParsingContext().inArray()) {
                    if (token == JsonToken.VALUE_NUMBER_INT) {
                        numbers.add(parser.getLongValue());
                    }
                } else if (token.isScalarValue()) {
                    values.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return new Event(values, numbers);
    }

    private void take(Event event) {
        long now = start + event.nanos("/time");
        long number = event.number("/data/header/packet_number");
        int octets = (int) event.number("/data/raw/length");
        switch (event.text("/name")) {
            case "transport:packet_sent" -> {
                underWay.put(number, octets);
                log.sent(now, PacketType.DATA, number, octets, true);
            }
            case "transport:packet_received" -> log.received(now, number, octets, Verdict.ACCEPTED);
            case "transport:packet_dropped" -> {
                boolean repeated = event.text("/data/trigger").equals("duplicate");
                log.received(now, -1, octets, repeated ? Verdict.REPEATED : Verdict.UNREADABLE);
            }
            case "transport:packets_acked" -> {
                for (long acked : event.numbers()) {
                    var size = underWay.remove(acked);
                    log.acked(now, acked, size == null ? 0 : size);
                }
            }
            case "recovery:packet_lost" -> log.lost(now, number, octets);
            case "rudp:packet_late" -> log.spurious(now, number);
            case "recovery:loss_timer_updated" -> log.probe(now, (int) event.number("/data/pto_count"));
            case "recovery:metrics_updated" -> metrics(event, now);
            default -> {
                // It says nothing that is drawn.
            }
        }
    }

    /// An event has what changed.
    private void metrics(Event event, long now) {
        for (var name : List.of("latest_rtt", "smoothed_rtt", "min_rtt")) {
            if (event.values().containsKey("/data/" + name)) {
                metrics.put(name, event.nanos("/data/" + name));
            }
        }
        for (var name : List.of("congestion_window", "bytes_in_flight", "pacing_rate")) {
            if (event.values().containsKey("/data/" + name)) {
                metrics.put(name, event.number("/data/" + name));
            }
        }
        log.metrics(
                now,
                metric("latest_rtt"),
                metric("smoothed_rtt"),
                metric("min_rtt"),
                metric("congestion_window"),
                metric("bytes_in_flight"),
                metric("pacing_rate") / BITS,
                "");
    }

    private long metric(String name) {
        return metrics.getOrDefault(name, 0L);
    }
}
