package wirelab.client.shell;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import wirelab.daemon.QlogFiles;
import wirelab.daemon.Transport;
import wirelab.rudp.qlog.QlogHeader;
import wirelab.rudp.qlog.QlogHeader.Vantage;
import wirelab.rudp.qlog.QlogTrace;
import wirelab.rudp.transport.TransportObserver;

/// A trace of each of the client's connections: the first one in the file that was asked for, others beside it.
/// Confined
/// to one thread.
public final class ClientQlog implements TransportObserver.Factory, AutoCloseable {
    private static final String SUFFIX = ".sqlog";

    private final Path file;
    private final QlogFiles files;
    private final List<QlogTrace> traces = new ArrayList<>();

    public ClientQlog(Path file, QlogFiles files) {
        this.file = file;
        this.files = files;
    }

    @Override
    public TransportObserver of(InetSocketAddress peer, long clientId, long now) {
        var title = "RUDP with " + Transport.UDP.describe(peer);
        var header = new QlogHeader(Vantage.CLIENT, "client", title, clientId, Instant.now());
        var trace = new QlogTrace(header, now, files.create(place(traces.size() + 1)));
        traces.add(trace);
        return trace;
    }

    /// `a.sqlog`, `a-2.sqlog`, `a-3.sqlog`.
    private Path place(int number) {
        if (number == 1) {
            return file;
        }
        var name = String.valueOf(file.getFileName());
        var stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return file.resolveSibling(stem + "-" + number + (name.endsWith(SUFFIX) ? SUFFIX : ""));
    }

    /// Ends the traces and writes what is not written yet.
    @Override
    public void close() {
        traces.forEach(QlogTrace::end);
        files.close();
    }
}
