package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.capture.Application;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.HttpResponse;
import wirelab.client.capture.Application.Plain;
import wirelab.client.capture.Application.ScrapReply;
import wirelab.client.capture.Application.ScrapRequest;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Frame;

/// Tells a connection of TCP: how it opens, what is asked and answered, the data, and how it closes.
final class ConnectionStory {
    private final Connection connection;
    private final Cast cast;
    private final Promises promises;
    private final Telling telling = new Telling();
    private final String client;
    private final String server;
    private Optional<Frame> request = Optional.empty();
    private String closes = "";

    private ConnectionStory(Connection connection, Cast cast, Promises promises) {
        this.connection = connection;
        this.cast = cast;
        this.promises = promises;
        this.client = cast.opener(connection);
        this.server = cast.the(connection.server());
    }

    static Phase tell(Connection connection, Cast cast, Promises promises) {
        var story = new ConnectionStory(connection, cast, promises);
        story.tell();
        return new Phase(story.kind(), story.title(), connection.frames(), story.telling.sentences());
    }

    private void tell() {
        var frames = connection.frames();
        int at = Opening.tell(connection, client, server, telling);
        int end = closing(frames, at);
        var flow = new ArrayList<Frame>();
        for (var frame : frames.subList(at, end)) {
            var application = Story.segment(frame).application();
            if (!(application instanceof Plain)) {
                flow(flow);
                event(frame, application);
            } else {
                flow.add(frame);
            }
        }
        flow(flow);
        TcpFaults.tell(connection, telling);
        if (end < frames.size()) {
            new Closing(connection, client, server, telling).tell(frames.subList(end, frames.size()), closes);
        } else if (at < frames.size()) {
            telling.note(List.of(frames.getLast()), true, "The capture ends before this connection does.");
        }
    }

    /// Where the first FIN or RST stands. One that carries what begins something is told as that, and closes too.
    private static int closing(List<Frame> frames, int from) {
        int end = from;
        while (end < frames.size()
                && !(Story.segment(frames.get(end)).fin()
                        || Story.segment(frames.get(end)).rst())) {
            end++;
        }
        return end;
    }

    private void flow(List<Frame> flow) {
        if (!flow.isEmpty()) {
            new Flow(connection, client, server, telling).tell(flow, request);
            flow.clear();
        }
    }

    private void event(Frame frame, Application application) {
        switch (application) {
            case HttpRequest asked -> httpRequest(frame, asked);
            case HttpResponse answer -> httpResponse(frame, answer);
            case ScrapRequest asked -> scrapRequest(frame, asked);
            case ScrapReply answer -> scrapReply(frame, answer);
            case Plain _ -> throw new IllegalArgumentException("frame " + frame.number() + " begins nothing");
        }
    }

    private void httpRequest(Frame frame, HttpRequest asked) {
        request = Optional.of(frame);
        var facts = new ArrayList<>(List.of(
                Fact.text(frame, "http.request.method", asked.method()),
                Fact.text(frame, "http.request.uri", asked.target()),
                Fact.number(frame, "tcp.len", frame.payload())));
        var text = new StringBuilder(Cast.capital(client)).append(" sends its request: {} {}, in {} octets");
        asked.range().ifPresent(_ -> text.append(", for a part of the file only (Range)"));
        text.append('.');
        promises.of(asked.target(), frame).ifPresent(list -> {
            text.append(" The name comes from the list in frame {}.");
            facts.add(Fact.frame(list));
        });
        if (asked.target().equals("/") && client.equals("the " + Cast.SCRAP_SERVER)) {
            text.append(" It reads the index page, to find the links to files.");
        }
        telling.say(
                        Spec.rfc(9110, asked.method().equals("GET") ? "9.3.1" : "9.3"),
                        frame,
                        text.toString(),
                        facts.toArray(Fact[]::new))
                .look("http.request.uri");
    }

    private void httpResponse(Frame frame, HttpResponse answer) {
        var facts = new ArrayList<>(List.of(
                Fact.number(frame, "http.response.code", answer.status()),
                Fact.text(frame, "http.response.phrase", answer.phrase())));
        var text = new StringBuilder(Cast.capital(server)).append(" answers {} {}");
        request.ifPresent(asked -> {
            text.append(", {} ms after the request");
            facts.add(Fact.elapsed(asked, frame));
        });
        answer.contentLength().ifPresent(length -> {
            text.append(". Content-Length says that the file has {} octets");
            facts.add(Fact.number(frame, "http.content_length_header", length));
        });
        answer.contentType().ifPresent(type -> {
            text.append(", Content-Type that it is {}");
            facts.add(Fact.text(frame, "http.content_type", type));
        });
        text.append(". This segment carries {} octets: the head, and what follows it.");
        facts.add(Fact.number(frame, "tcp.len", frame.payload()));
        var section = answer.status() == 200 ? "15.3.1" : "15";
        var array = facts.toArray(Fact[]::new);
        if (answer.status() < 400) {
            telling.say(Spec.rfc(9110, section), frame, text.toString(), array).look("http.response.code");
        } else {
            telling.odd(Spec.rfc(9110, section), frame, text.toString(), array).look("http.response.code");
        }
        target().filter(name -> answer.status() == 200 && SizeInName.belies(name, answer.contentLength()))
                .ifPresent(name -> telling.odd(
                                Spec.rfc(9110, "8.6"),
                                frame,
                                "The name {} speaks of another size than the file has: {} octets.",
                                Fact.text(request.orElse(frame), "http.request.uri", name),
                                Fact.number(
                                        frame,
                                        "http.content_length_header",
                                        answer.contentLength().orElse(0)))
                        .look("http.content_length"));
    }

    private Optional<String> target() {
        return request.map(frame -> Story.segment(frame).application())
                .filter(HttpRequest.class::isInstance)
                .map(asked -> ((HttpRequest) asked).target());
    }

    private void scrapRequest(Frame frame, ScrapRequest asked) {
        request = Optional.of(frame);
        telling.say(
                        Spec.ours("scrap", "3"),
                        frame,
                        Cast.capital(client) + " asks " + server
                                + " for the list of files: {}, {} octets and no line end.",
                        Fact.text(frame, "scrap.request", asked.text()),
                        Fact.number(frame, "tcp.len", frame.payload()))
                .look("scrap.request");
    }

    private void scrapReply(Frame frame, ScrapReply answer) {
        closes = " That FIN is what ends the list.";
        var facts = new ArrayList<Fact>();
        var text = new StringBuilder(Cast.capital(server));
        if (answer.failure().isPresent()) {
            text.append(" answers that it has none: {}");
            facts.add(Fact.text(frame, "scrap.failure", answer.failure().get()));
        } else {
            text.append(" answers with the names, each with a semicolon behind it");
            for (int i = 0; i < answer.names().size(); i++) {
                text.append(i == 0 ? ": {}" : ", {}");
                facts.add(Fact.text(frame, "scrap.name", answer.names().get(i)));
            }
        }
        request.ifPresent(asked -> {
            text.append("; {} ms after the request");
            facts.add(Fact.elapsed(asked, frame));
        });
        text.append(". The segment carries {} octets.");
        facts.add(Fact.number(frame, "tcp.len", frame.payload()));
        var array = facts.toArray(Fact[]::new);
        if (answer.failure().isPresent()) {
            telling.odd(Spec.ours("scrap", "4"), frame, text.toString(), array).look("scrap.failure");
        } else {
            telling.say(Spec.ours("scrap", "3"), frame, text.toString(), array).look("scrap.name");
        }
    }

    private Phase.Kind kind() {
        for (var frame : connection.frames()) {
            switch (Story.segment(frame).application()) {
                case HttpRequest _, HttpResponse _ -> {
                    return Phase.Kind.HTTP;
                }
                case ScrapRequest _, ScrapReply _ -> {
                    return Phase.Kind.SCRAP;
                }
                case Plain _ -> {}
            }
        }
        return Phase.Kind.TCP;
    }

    private String title() {
        return switch (kind()) {
            case HTTP ->
                "HTTP: "
                        + target().map(name ->
                                        name.equals("/") ? "the index page" : name.substring(name.lastIndexOf('/') + 1))
                                .orElse("a response")
                        + ", asked for by " + client;
            case SCRAP -> "Scrap protocol: " + client + " asks " + server;
            default -> "TCP: " + client + " and " + cast.the(connection.server());
        };
    }
}
