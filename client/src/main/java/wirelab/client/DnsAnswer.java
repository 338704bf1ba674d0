package wirelab.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import wirelab.client.output.DigText;
import wirelab.client.output.Json;
import wirelab.client.output.Narration;
import wirelab.client.output.Quantity;
import wirelab.client.output.RecordText;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Lookup;
import wirelab.dns.DnsMessage;
import wirelab.dns.Question;
import wirelab.dns.ResourceRecord;

/// How `client dns` shows an answer: as dig does, in short, or as JSON. Immutable.
///
/// @param server who gave it
record DnsAnswer(Question question, InetSocketAddress server, Lookup.Answer answer) {
    DnsMessage message() {
        return answer.message();
    }

    /// As `127.0.0.1:53/udp`.
    String from() {
        return answer.transport().describe(server);
    }

    /// All of it, and how long it took.
    void print(Screen screen) {
        screen.line(";; Got answer:");
        DigText.message(message()).forEach(screen::line);
        screen.line("");
        screen.line(";; Query time: " + Quantity.millis(answer.time()) + " msec" + legs());
        screen.line(";; SERVER: " + dug());
        screen.line(";; MSG SIZE  rcvd: " + answer.octets());
    }

    /// The data of the answer's records, and nothing else.
    void printShort(Screen screen) {
        message().answers().forEach(one -> screen.line(RecordText.of(one.data())));
    }

    /// A step on the way down from the root: who serves the zone, or the answer itself.
    void printStep(Screen screen) {
        var records = message().answers().isEmpty()
                ? message().authorities()
                : message().answers();
        records.forEach(one -> screen.line(DigText.record(one)));
        screen.line(";; Received " + answer.octets() + " bytes from " + dug() + " in " + Quantity.millis(answer.time())
                + " ms");
        screen.line("");
    }

    /// Where the time went, if it went to more than one thing: ` (UDP 0.412, TCP connect 0.198, TCP 0.530)`.
    private String legs() {
        return answer.legs().size() < 2
                ? ""
                : answer.legs().stream()
                        .map(leg -> leg.name() + " " + Quantity.millis(leg.time()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private String dug() {
        var address = server.getAddress().getHostAddress();
        return address + "#" + server.getPort() + "(" + address + ") (" + answer.transport() + ")";
    }

    void addTo(Report report) {
        json().values().forEach(report::add);
    }

    Json.Members json() {
        return Json.object()
                .with("name", RecordText.of(question.name()))
                .with("type", question.type().toString())
                .with("server", from())
                .with("id", message().header().id())
                .with("opcode", message().header().opcode().toString())
                .with("rcode", message().rcode().toString())
                .with("flags", Json.strings(Narration.flags(message())))
                .with("answers", json(message().answers()))
                .with("authorities", json(message().authorities()))
                .with("additionals", json(message().additionals()))
                .with("octets", answer.octets())
                .with("packets", answer.packets())
                .with("milliseconds", Json.millis(answer.time()))
                .with(
                        "legs",
                        Json.array(answer.legs().stream()
                                .map(leg -> Json.object()
                                        .with("leg", leg.name())
                                        .with("milliseconds", Json.millis(leg.time())))
                                .toList()));
    }

    private static Json json(List<ResourceRecord> records) {
        return Json.array(records.stream()
                .map(one -> Json.object()
                        .with("name", RecordText.of(one.name()))
                        .with("ttl", one.ttl())
                        .with("class", one.recordClass().toString())
                        .with("type", one.type().toString())
                        .with("data", RecordText.of(one.data())))
                .toList());
    }
}
