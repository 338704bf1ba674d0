package wirelab.client.shell;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import wirelab.client.engine.RemoteFile;
import wirelab.client.output.Printable;
import wirelab.client.output.Progress;
import wirelab.client.output.Quantity;
import wirelab.client.shell.Download.Fetched;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.rudp.file.FileReceiver;
import wirelab.rudp.file.FileReceiver.Step;
import wirelab.rudp.file.FileReply;
import wirelab.rudp.file.FileReply.Found;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.rudp.file.FileRequest;
import wirelab.rudp.transport.CloseCode;
import wirelab.rudp.transport.Nanos;
import wirelab.rudp.transport.TransportConfig;
import wirelab.rudp.transport.TransportObserver;

/// Fetches one file over RUDP's transport. Where a connection is cut, another one goes on from there. Confined to one
/// thread.
public final class RudpDownload {
    private static final String PROTOCOL = "rudp";

    /// Connections in a row that bring nothing before the proxy is given up.
    private static final int FRUITLESS = 3;

    private final Context context;
    private final Route route;
    private final RemoteFile file;
    private final Progress progress;
    private final ByteBuffer octets = ByteBuffer.allocateDirect(256 << 10);
    private long received;
    private Optional<String> validator = Optional.empty();

    /// Where the proxy is, and how the transport is run.
    ///
    /// @param local where to speak from
    /// @param observers see each packet, for traces and charts
    public record Route(
            InetSocketAddress local,
            InetSocketAddress proxy,
            TransportConfig config,
            TransportObserver.Factory observers) {}

    /// How a connection ended before the file was whole.
    private record Cut(String why) {}

    private RudpDownload(Context context, Route route, RemoteFile file, Progress progress) {
        this.context = context;
        this.route = route;
        this.file = file;
        this.progress = progress;
    }

    /// Fetches it, lets the two ends compare it, and only then gives it its name.
    public static Fetched fetch(Context context, Route route, String name, Path directory, Progress progress)
            throws IOException, ExitException {
        return new RudpDownload(context, route, Download.named(name), progress).run(directory);
    }

    private Fetched run(Path directory) throws IOException, ExitException {
        var began = context.now();
        try (var part = PartFile.create(directory, file.name(), context.random())) {
            int fruitless = 0;
            while (true) {
                long before = received;
                var cut = connect(part);
                if (cut.isEmpty()) {
                    var time = context.since(began);
                    part.complete();
                    return new Fetched(file.name(), part.place(), received, time);
                }
                fruitless = received > before ? 0 : fruitless + 1;
                if (fruitless == FRUITLESS) {
                    throw new ExitException(
                            ExitCode.UNAVAILABLE,
                            Transport.UDP.describe(route.proxy()) + ": "
                                    + cut.get().why() + ", " + FRUITLESS + " times in a row; nothing of "
                                    + Printable.of(file.name()) + " was kept");
                }
                context.trace()
                        .did("go on from octet " + Quantity.count(received) + ": "
                                + cut.get().why());
            }
        } finally {
            progress.end();
        }
    }

    /// One connection.
    ///
    /// @return nothing if the file is whole now
    private Optional<Cut> connect(PartFile part) throws IOException, ExitException {
        var request = new FileRequest(received, validator, file.requestTarget());
        var receiver = new FileReceiver();
        long id = context.random().nextLong();
        var observer = route.observers().of(route.proxy(), id, Nanos.of(context.now()));
        try (var link = RudpLink.open(route.local(), route.proxy(), route.config(), observer, id, context)) {
            var connection = link.connection();
            int stream = connection.openStream();
            var line = request.encode().toBuffer();
            context.trace()
                    .sent(
                            route.proxy(),
                            PROTOCOL,
                            line.remaining(),
                            "GET " + request.target() + " from octet " + request.offset());
            connection.write(stream, line);
            connection.finish(stream);
            while (connection.closed().isEmpty()) {
                link.turn();
                int count = connection.read(stream, octets.clear());
                for (; count > 0; count = connection.read(stream, octets.clear())) {
                    take(receiver, octets.flip(), part);
                }
                if (count < 0) {
                    return receiver.ended() instanceof Step.Complete
                            ? Optional.empty()
                            : Optional.of(new Cut("the proxy's HTTP server cut the file short"));
                }
            }
            var closed = connection.closed().get();
            if (closed.code() == CloseCode.HANDSHAKE_TIMEOUT.code() && received == 0) {
                throw new ExitException(
                        ExitCode.UNAVAILABLE,
                        "no answer from an RUDP proxy at " + Transport.UDP.describe(route.proxy()) + " within "
                                + route.config().handshakeTimeout().toMillis()
                                + " ms: is the lab up (scripts/lab status), and does that proxy speak the transport?");
            }
            return Optional.of(new Cut(closed.reason()));
        }
    }

    private void take(FileReceiver receiver, ByteBuffer in, PartFile part) throws ExitException {
        for (var step = receiver.handle(in); ; step = receiver.handle(in)) {
            switch (step) {
                case Step.NeedMore _ -> {
                    return;
                }
                case Step.Head(var reply) -> begin(reply, part);
                case Step.Body(var body) -> {
                    received += body.remaining();
                    part.write(body);
                    progress.advance(received);
                }
                case Step.Complete _ ->
                    context.trace().received(route.proxy(), PROTOCOL, FileReply.CHECK, "CRC-32C, as computed here");
                case Step.Corrupt _ -> throw protocol("sent octets that do not have the check it sent");
                case Step.Malformed(var why) -> throw protocol("sent what is no reply: " + why);
                case Step.Truncated _ -> throw new IllegalStateException("only an end is");
            }
        }
    }

    private void begin(FileReply reply, PartFile part) throws ExitException {
        context.trace().received(route.proxy(), PROTOCOL, reply.encode().size(), Printable.of(reply.toString()));
        switch (reply) {
            case Found(long offset, long size, var tag) -> {
                if (offset != received) {
                    if (offset != 0) {
                        throw protocol("goes on from octet " + offset + ", asked for octet " + received);
                    }
                    part.restart();
                    received = 0;
                }
                validator = tag;
                progress.begin(file.name(), size);
            }
            case Refused(int status, var reason) -> throw refused(status, reason);
        }
    }

    private ExitException refused(int status, String reason) {
        if (status == 404 || status == 410) {
            return new ExitException(
                    ExitCode.CHECK_FAILED,
                    "no file " + Printable.of(file.name()) + " behind " + Transport.UDP.describe(route.proxy())
                            + ": `client list` shows what there is");
        }
        return new ExitException(
                status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.CHECK_FAILED,
                Transport.UDP.describe(route.proxy()) + " has no " + Printable.of(file.name()) + ": " + status + " "
                        + Printable.of(reason));
    }

    private ExitException protocol(String fault) {
        return new ExitException(ExitCode.PROTOCOL, Transport.UDP.describe(route.proxy()) + " " + fault);
    }
}
