package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import wirelab.client.output.Progress;
import wirelab.client.shell.Context;
import wirelab.client.shell.Download;
import wirelab.client.shell.Download.Fetched;
import wirelab.client.shell.RudpDownload;
import wirelab.client.transfer.GoodputMeter;
import wirelab.client.transfer.TransferLog;
import wirelab.daemon.ExitException;

/// The way by which files come. Immutable.
sealed interface FileSource {
    /// Straight from the HTTP server.
    ///
    /// @param local the address to come from; 0.0.0.0 for any
    /// @param log when octets of the file arrive, if that is wanted
    record Http(Inet4Address local, InetSocketAddress server, Optional<TransferLog> log) implements FileSource {
        Http(Inet4Address local, InetSocketAddress server) {
            this(local, server, Optional.empty());
        }

        @Override
        public String step() {
            return "http";
        }

        @Override
        public Fetched fetch(Context context, String name, Path directory, Progress progress)
                throws IOException, ExitException {
            var metered = log.isPresent() ? new GoodputMeter(progress, log.get(), context.clock()) : progress;
            return Download.fetch(context, local, server, name, directory, metered);
        }
    }

    /// From the proxy, which has them from the HTTP server.
    ///
    /// @param log when octets of the file arrive
    record Rudp(RudpDownload.Route route, TransferLog log) implements FileSource {
        @Override
        public String step() {
            return "rudp";
        }

        @Override
        public Fetched fetch(Context context, String name, Path directory, Progress progress)
                throws IOException, ExitException {
            var metered = new GoodputMeter(progress, log, context.clock());
            return RudpDownload.fetch(context, route, name, directory, metered);
        }
    }

    /// What the report calls the step.
    String step();

    /// Fetches one file, and gives it its name once it is whole.
    Fetched fetch(Context context, String name, Path directory, Progress progress) throws IOException, ExitException;
}
