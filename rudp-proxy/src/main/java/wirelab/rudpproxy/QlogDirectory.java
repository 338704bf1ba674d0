package wirelab.rudpproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.QlogFiles;
import wirelab.daemon.Transport;
import wirelab.rudp.congestion.Congestion;
import wirelab.rudp.qlog.QlogHeader;
import wirelab.rudp.qlog.QlogHeader.Vantage;
import wirelab.rudp.qlog.QlogTrace;
import wirelab.rudp.transport.TransportObserver;

/// A trace of each connection, in a file of its own. Confined to the loop's thread, but for [#close], which comes after
/// it.
final class QlogDirectory implements TransportObserver.Factory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QlogDirectory.class);

    private final Path directory;
    private final Congestion congestion;
    private final QlogFiles files;

    private QlogDirectory(Path directory, Congestion congestion, QlogFiles files) {
        this.directory = directory;
        this.congestion = congestion;
        this.files = files;
    }

    /// Makes the directory, if it is not there.
    ///
    /// @param congestion of all connections, which each trace names
    static QlogDirectory open(Path directory, Congestion congestion) throws ExitException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.CONFIG, "--qlog " + directory + ": no directory can be made there: " + e.getMessage(), e);
        }
        if (!Files.isWritable(directory)) {
            throw new ExitException(ExitCode.NO_PERMISSION, "--qlog " + directory + ": nothing can be written there");
        }
        return new QlogDirectory(
                directory,
                congestion,
                QlogFiles.start(why -> LOG.atWarn().addKeyValue("why", why).log("qlog")));
    }

    @Override
    public TransportObserver of(InetSocketAddress peer, long clientId, long now) {
        var client = Transport.endpoint(peer);
        var title = "RUDP with " + client + ", congestion control " + congestion;
        var header = new QlogHeader(Vantage.SERVER, "rudp-proxy", title, clientId, Instant.now());
        var file = HexFormat.of().toHexDigits(clientId) + "_" + client.replace(':', '-') + ".sqlog";
        return new QlogTrace(header, now, files.create(directory.resolve(file)));
    }

    @Override
    public void close() {
        files.close();
    }
}
