package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import wirelab.client.engine.RemoteFile;
import wirelab.client.output.Printable;
import wirelab.client.output.Progress;
import wirelab.client.output.Quantity;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Transport;
import wirelab.http.HttpExchange;
import wirelab.http.HttpExchange.Step;
import wirelab.http.HttpLimits;
import wirelab.http.HttpRequest;
import wirelab.http.HttpResponse;

/// Fetches one file over a connection of its own, which the client closes once the file is whole. Confined to one
/// thread.
public final class Download {
    private static final String PROTOCOL = "http";
    private static final int HTTP_PORT = 80;

    /// A loopback segment carries up to 64 KB; several of them a call, and no more than a cache holds.
    private static final int BUFFER = 256 * 1024;

    private final Context context;
    private final InetSocketAddress server;
    private final RemoteFile file;
    private final Path directory;
    private final Progress progress;
    private final HttpExchange exchange;
    private long read;

    /// A file that has arrived.
    ///
    /// @param place where it lies now
    /// @param octets its length, which is what the server had said
    /// @param time from the connection's first packet to the file's last
    public record Fetched(String name, Path place, long octets, Duration time) {}

    private Download(Context context, InetSocketAddress server, RemoteFile file, Path directory, Progress progress) {
        this.context = context;
        this.server = server;
        this.file = file;
        this.directory = directory;
        this.progress = progress;
        this.exchange = new HttpExchange(HttpRequest.get(host(server), file.requestTarget()), HttpLimits.STANDARD);
    }

    /// Fetches it, checks its length, and only then gives it its name.
    ///
    /// @param source the address to come from; 0.0.0.0 for any
    public static Fetched fetch(
            Context context,
            Inet4Address source,
            InetSocketAddress server,
            String name,
            Path directory,
            Progress progress)
            throws IOException, ExitException {
        return new Download(context, server, named(name), directory, progress).run(source);
    }

    /// The file of that name, which is safe to give to one of ours.
    static RemoteFile named(String name) throws ExitException {
        var file = new RemoteFile(name);
        var fault = file.fault();
        if (fault.isPresent()) {
            throw new ExitException(
                    ExitCode.PROTOCOL,
                    "the name '" + Printable.of(name) + "' " + fault.get() + ": no file of that name is written");
        }
        return file;
    }

    private static String host(InetSocketAddress server) {
        var address = server.getAddress().getHostAddress();
        return server.getPort() == HTTP_PORT ? address : address + ":" + server.getPort();
    }

    private Fetched run(Inet4Address source) throws IOException, ExitException {
        var began = context.now();
        try (var stream = TcpStream.connect(context, source, server, "an HTTP server")) {
            var request = exchange.request();
            context.trace().sent(server, PROTOCOL, request.size(), "GET " + file.requestTarget() + " HTTP/1.1");
            stream.write(request.toBuffer());
            var in = ByteBuffer.allocateDirect(BUFFER).flip();
            accept(head(stream, in));
            try (var part = PartFile.create(directory, file.name(), context.random())) {
                body(stream, in, part);
                var time = context.since(began);
                part.complete();
                return new Fetched(file.name(), part.place(), exchange.received(), time);
            }
        }
    }

    private HttpResponse head(TcpStream stream, ByteBuffer in) throws IOException, ExitException {
        return switch (next(stream, in)) {
            case Step.Head(var response) -> {
                context.trace().received(server, PROTOCOL, (int) (read - in.remaining()), describe(response));
                yield response;
            }
            case Step.Malformed(var why) -> throw notHttp(why);
            case Step.Truncated _ -> throw protocol("closed the connection without a whole answer");
            case Step.NeedMore _, Step.Body _, Step.Complete _ ->
                throw new IllegalStateException("an exchange begins with its head");
        };
    }

    private void body(TcpStream stream, ByteBuffer in, PartFile part) throws IOException, ExitException {
        progress.begin(file.name(), exchange.expected().orElse(-1));
        try {
            while (true) {
                switch (next(stream, in)) {
                    case Step.Body(var octets) -> {
                        part.write(octets);
                        progress.advance(exchange.received());
                    }
                    case Step.Complete _ -> {
                        return;
                    }
                    case Step.Malformed(var why) -> throw notHttp(why);
                    case Step.Truncated(var received, var expected) ->
                        throw protocol("closed the connection after " + Quantity.count(received)
                                + (expected.isPresent() ? " of " + Quantity.count(expected.getAsLong()) : "")
                                + " octets of " + Printable.of(file.name()) + "; nothing of it was kept");
                    case Step.NeedMore _, Step.Head _ ->
                        throw new IllegalStateException("a head comes once, and next() reads on");
                }
            }
        } finally {
            progress.end();
        }
    }

    /// The next step that is more than "read on".
    private Step next(TcpStream stream, ByteBuffer in) throws IOException, ExitException {
        var step = exchange.handle(in);
        while (step instanceof Step.NeedMore) {
            in.clear();
            int count = stream.read(in);
            in.flip();
            if (count < 0) {
                return exchange.closed();
            }
            read += count;
            step = exchange.handle(in);
        }
        return step;
    }

    private void accept(HttpResponse response) throws ExitException {
        int status = response.status();
        if (status == 404 || status == 410) {
            throw new ExitException(
                    ExitCode.CHECK_FAILED,
                    "no file " + Printable.of(file.name()) + " at http://" + host(server)
                            + "/: `client list` shows what there is");
        }
        if (status != 200) {
            throw new ExitException(
                    status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.CHECK_FAILED,
                    "http://" + host(server) + file.requestTarget() + " is answered by " + status + " "
                            + Printable.of(response.reason()));
        }
        // A body that ends when the connection does is whole or cut off, and nobody can tell which.
        if (exchange.expected().isEmpty() && !response.headers().has("Transfer-Encoding")) {
            throw protocol("does not say how long " + Printable.of(file.name()) + " is, so it cannot be checked");
        }
    }

    private static String describe(HttpResponse response) {
        var length = response.headers().first("Content-Length");
        return Printable.of(response.startLine()
                + length.map(octets -> ", Content-Length " + octets).orElse(""));
    }

    private ExitException notHttp(String why) {
        return protocol("does not speak HTTP: " + why);
    }

    private ExitException protocol(String fault) {
        return new ExitException(ExitCode.PROTOCOL, Transport.TCP.describe(server) + " " + fault);
    }
}
