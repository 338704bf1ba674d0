package wirelab.client.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// Tells the segments that begin nothing: data in bulk, and acknowledgments. They are folded into a sentence or two.
final class Flow {
    private final Connection connection;
    private final String client;
    private final String server;
    private final Telling telling;

    Flow(Connection connection, String client, String server, Telling telling) {
        this.connection = connection;
        this.client = client;
        this.server = server;
        this.telling = telling;
    }

    void tell(List<Frame> frames, Optional<Frame> request) {
        var data = frames.stream().filter(frame -> frame.payload() > 0).toList();
        if (data.isEmpty()) {
            acknowledgments(frames);
            return;
        }
        bulk(frames, data, connection.server(), client, server);
        bulk(frames, data, connection.client(), server, client);
        var before = request.filter(frame -> data.size() > 1);
        before.ifPresent(asked -> {
            var filter = filter(connection.server(), asked, data.getLast());
            long octets = octets(connection.from(connection.server()), asked, data.getLast());
            telling.note(
                    List.of(asked, data.getLast()),
                    false,
                    "From the request to the last of the data it took {} ms, which is {}.",
                    Fact.elapsed(asked, data.getLast()),
                    Fact.rate("tcp.len", filter, octets, asked, data.getLast()));
        });
    }

    private void acknowledgments(List<Frame> frames) {
        var from = frames.stream().map(Frame::source).distinct().toList();
        var last = frames.getLast();
        if (from.size() == 1) {
            telling.say(
                            Spec.rfc(9293, "3.8.6.3"),
                            frames,
                            Cast.capital(name(last.source()))
                                    + " acknowledges what came, without data of its own: the next"
                                    + " octet that it expects is number {}.",
                            Fact.number(last, "tcp.ack", Story.segment(last).acknowledgment()))
                    .look("tcp.ack");
        } else {
            telling.say(
                    Spec.rfc(9293, "3.8.6.3"), frames, "Both ends acknowledge what came, without data of their own.");
        }
    }

    private void bulk(List<Frame> frames, List<Frame> data, Endpoint sender, String receiver, String who) {
        var sent = data.stream().filter(frame -> frame.source().equals(sender)).toList();
        if (sent.isEmpty()) {
            return;
        }
        var shown = new ArrayList<>(frames);
        shown.removeIf(frame -> frame.payload() > 0 && !frame.source().equals(sender));
        var filter = filter(sender, frames.getFirst(), frames.getLast());
        long octets = octets(sent, frames.getFirst(), frames.getLast());
        long most = sent.stream().mapToLong(Frame::payload).max().orElse(0);
        long acks = frames.stream()
                .filter(frame -> !frame.source().equals(sender) && frame.payload() == 0)
                .count();
        var other = sender.equals(connection.server()) ? connection.client() : connection.server();
        telling.say(
                        Spec.rfc(9293, "3.8"),
                        shown,
                        "The data. " + Cast.capital(who) + " sends {} " + segments(sent.size())
                                + " with {} octets, up to {} in one; " + receiver + " acknowledges them by {} "
                                + segments(acks) + " without data."
                                + (most > ETHERNET
                                        ? " Segments this long go through a loopback device or a card that cuts them up later."
                                        : ""),
                        Fact.count(filter + " && tcp.len > 0", sent.size()),
                        Fact.sum("tcp.len", filter, octets),
                        Fact.most("tcp.len", filter, most),
                        Fact.count(filter(other, frames.getFirst(), frames.getLast()) + " && tcp.len == 0", acks))
                .look("tcp.len");
    }

    private static final int ETHERNET = 1460;

    private static String segments(long count) {
        return count == 1 ? "segment" : "segments";
    }

    private String filter(Endpoint sender, Frame from, Frame to) {
        return "tcp.stream == " + connection.stream() + " && ip.src == " + sender.address() + " && tcp.srcport == "
                + sender.port() + " && frame.number >= " + from.number() + " && frame.number <= " + to.number();
    }

    private static long octets(List<Frame> frames, Frame from, Frame to) {
        return frames.stream()
                .filter(frame -> frame.number() >= from.number() && frame.number() <= to.number())
                .mapToLong(Frame::payload)
                .sum();
    }

    private String name(Endpoint end) {
        return end.equals(connection.client()) ? client : server;
    }
}
