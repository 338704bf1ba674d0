package wirelab.rudpproxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpLoop;
import wirelab.rudp.Shares;
import wirelab.rudp.TransportReport;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.rudp.file.FileRequest;
import wirelab.rudp.file.FileSender;
import wirelab.rudp.transport.ConnectionState;
import wirelab.rudp.transport.RudpListener;
import wirelab.rudp.transport.RudpListener.Accepted;
import wirelab.rudp.transport.Statistics;
import wirelab.wire.MalformedException;

/// Files over RUDP's transport: connections and their streams on one side, legs to the HTTP server on the other.
/// Confined
/// to the loop's thread.
final class FileService {
    private static final Logger LOG = LoggerFactory.getLogger(FileService.class);

    /// Trains that leave before the loop looks for new datagrams.
    private static final int TRAINS_AT_ONCE = 16;

    /// Files on their way at once. Each takes 128 KB, if its reader stalls; where there are so many, a client of an
    /// address that has few gets the place of one that has many.
    private static final int FILES = 1000;

    /// Pieces of files beyond the first of each: 16 MB.
    private static final int PIECES = 256;

    private final RudpListener listener;
    private final InetSocketAddress http;
    private final ProxyMetrics metrics;
    private final SequencedMap<Accepted, Map<Integer, Stream>> connections = new LinkedHashMap<>();
    private final ByteBuffer incoming = ByteBuffer.allocate(FileRequest.LONGEST);
    private final Shares<FileTransfer> shares = new Shares<>(FILES, FILES);
    private final FileMemory memory = new FileMemory(PIECES);
    private Consumer<Runnable> loop = Runnable::run;

    /// A stream that a client opened, and the transfer on it once its request is read.
    private static final class Stream {
        final FileSender sender = new FileSender();
        Optional<FileTransfer> transfer = Optional.empty();
        /// Whether the client, and this end, will say nothing more.
        boolean heard;

        boolean answered;
    }

    /// @param http where the files are
    FileService(RudpListener listener, InetSocketAddress http, ProxyMetrics metrics) {
        this.listener = listener;
        this.http = http;
        this.metrics = metrics;
    }

    /// Tells how legs reach the loop's thread. Before the first datagram.
    void loop(Consumer<Runnable> poster) {
        loop = poster;
    }

    int connections() {
        return connections.size();
    }

    /// Files on their way.
    int files() {
        return shares.count();
    }

    /// What there is to tell a client of its own connections.
    TransportReport report(InetAddress client) {
        var its = connections.sequencedKeySet().reversed().stream()
                .filter(accepted -> accepted.peer().getAddress().equals(client))
                .toList();
        return new TransportReport(
                its.size(),
                its.stream()
                        .limit(TransportReport.MOST)
                        .map(accepted -> report(accepted.connection().statistics()))
                        .toList());
    }

    private static TransportReport.Connection report(Statistics statistics) {
        return new TransportReport.Connection(
                statistics.smoothedRtt(),
                statistics.leastRtt(),
                statistics.window(),
                statistics.inFlight(),
                statistics.pacingRate(),
                statistics.packetsSent(),
                statistics.packetsLost(),
                statistics.octetsRetransmitted());
    }

    /// Takes a datagram of the transport.
    void handle(ByteBuffer datagram, InetSocketAddress from, long now) {
        var verdict = listener.handle(datagram, from, now);
        metrics.transport(verdict);
        if (LOG.isTraceEnabled()) {
            LOG.atTrace()
                    .addKeyValue("from", from)
                    .addKeyValue("verdict", verdict)
                    .log("transport");
        }
    }

    /// Time has passed, or datagrams came: serves the streams, and sends what is due.
    void tick(long now, UdpLoop.Sender out) {
        listener.tick(now);
        serveNews();
        send(now, out);
        // Some connections may be over by now.
        serveNews();
    }

    private void serveNews() {
        for (var news = listener.nextNews(); news.isPresent(); news = listener.nextNews()) {
            serve(news.get());
        }
    }

    private void send(long now, UdpLoop.Sender out) {
        for (int trains = 0; trains < TRAINS_AT_ONCE; trains++) {
            var train = out.room();
            int size = listener.poll(train, now);
            if (size == 0) {
                return;
            }
            out.sendTrain(train.flip(), size, listener.destination());
        }
    }

    /// In nanoseconds, as [RudpListener#deadline].
    long deadline() {
        return listener.deadline();
    }

    private void serve(Accepted accepted) {
        var connection = accepted.connection();
        if (connection.state() == ConnectionState.CLOSED) {
            over(accepted);
            return;
        }
        var streams = connections.computeIfAbsent(accepted, _ -> new HashMap<>());
        for (int id = connection.nextReadable(); id >= 0; id = connection.nextReadable()) {
            read(accepted, id, streams);
        }
        for (int id = connection.nextWritable(); id >= 0; id = connection.nextWritable()) {
            var stream = streams.get(id);
            if (stream != null) {
                stream.transfer.ifPresent(FileTransfer::pump);
            }
        }
    }

    private void read(Accepted accepted, int id, Map<Integer, Stream> streams) {
        var stream = streams.computeIfAbsent(id, _ -> new Stream());
        int octets = accepted.connection().read(id, incoming.clear());
        while (octets > 0) {
            incoming.flip();
            if (stream.transfer.isEmpty()) {
                request(accepted, id, stream, streams);
            }
            octets = accepted.connection().read(id, incoming.clear());
        }
        if (octets < 0) {
            stream.heard = true;
            if (stream.transfer.isEmpty()) {
                // The end before a request.
                accepted.connection().finish(id);
                stream.answered = true;
            }
            forget(id, stream, streams);
        }
    }

    /// What is over on both sides.
    private static void forget(int id, Stream stream, Map<Integer, Stream> streams) {
        if (stream.heard && stream.answered) {
            streams.remove(id);
        }
    }

    private void request(Accepted accepted, int id, Stream stream, Map<Integer, Stream> streams) {
        try {
            var request = stream.sender.handle(incoming);
            if (request.isPresent()) {
                var transfer = transfer(accepted, id, stream, streams);
                metrics.received("GET");
                LOG.atInfo()
                        .addKeyValue("from", Transport.endpoint(accepted.peer()))
                        .addKeyValue("file", request.get().target())
                        .addKeyValue("offset", request.get().offset())
                        .log("GET");
                begin(transfer, request.get(), accepted.peer().getAddress());
            }
        } catch (MalformedException e) {
            LOG.atDebug()
                    .addKeyValue("from", accepted.peer())
                    .addKeyValue("why", e.getMessage())
                    .log("not a request");
            transfer(accepted, id, stream, streams).begin(new Refused(400, "not a request: " + e.why()));
        }
    }

    private void begin(FileTransfer transfer, FileRequest request, InetAddress client) {
        if (shares.mayTake(client)) {
            shares.inTheWay().ifPresent(FileTransfer::cut);
            shares.take(client, transfer);
            transfer.start(new FileLeg(http, request));
        } else {
            transfer.begin(new Refused(503, "too many files are on their way: ask again later"));
        }
    }

    private FileTransfer transfer(Accepted accepted, int id, Stream stream, Map<Integer, Stream> streams) {
        var transfer = new FileTransfer(
                accepted.connection(), id, stream.sender, memory, loop, () -> ended(accepted, id, stream, streams));
        stream.transfer = Optional.of(transfer);
        return transfer;
    }

    private void ended(Accepted accepted, int id, Stream stream, Map<Integer, Stream> streams) {
        stream.answered = true;
        stream.transfer.ifPresent(transfer -> shares.giveBack(accepted.peer().getAddress(), transfer));
        forget(id, stream, streams);
    }

    private void over(Accepted accepted) {
        var streams = connections.remove(accepted);
        if (streams != null) {
            // Each that is cancelled leaves the map.
            List.copyOf(streams.values()).forEach(stream -> stream.transfer.ifPresent(FileTransfer::cancel));
        }
        var statistics = accepted.connection().statistics();
        LOG.atInfo()
                .addKeyValue("peer", Transport.endpoint(accepted.peer()))
                .addKeyValue("sent", statistics.packetsSent())
                .addKeyValue("lost", statistics.packetsLost())
                .addKeyValue("rtt", statistics.smoothedRtt())
                .addKeyValue(
                        "why",
                        accepted.connection().closed().map(Object::toString).orElse("-"))
                .log("closed");
    }
}
