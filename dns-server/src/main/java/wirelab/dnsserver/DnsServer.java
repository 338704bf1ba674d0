package wirelab.dnsserver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wirelab.daemon.BindFailure;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Metrics;
import wirelab.daemon.Service;
import wirelab.daemon.TcpServer;
import wirelab.daemon.Transport;
import wirelab.daemon.UdpSocket;
import wirelab.dnsserver.shell.Neighbours;

/// The daemon: one port, both transports, and the zones behind them. Safe for many threads.
final class DnsServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final TcpServer.Limits TCP_LIMITS = new TcpServer.Limits(500, Duration.ofSeconds(10));

    /// How often a port that is free for UDP may turn out to be taken for TCP.
    private static final int PORT_TRIES = 20;

    private final ZoneSource source;
    private final Publication publication;
    private final Neighbours neighbours;
    private final QueryLog log;
    private final TcpSide tcp;
    private final UdpSide udp;

    private DnsServer(
            ZoneSource source, Publication publication, Neighbours neighbours, QueryLog log, TcpSide tcp, UdpSide udp) {
        this.source = source;
        this.publication = publication;
        this.neighbours = neighbours;
        this.log = log;
        this.tcp = tcp;
        this.udp = udp;
    }

    /// Reads the zones, and then binds.
    static DnsServer open(DnsConfig config, Metrics metrics) throws ExitException {
        var rules = config.transfers().rules();
        var source = new ZoneSource(config.zones(), rules.primaries().isEmpty());
        var publication = new Publication(config.identity(), rules);
        read(source, publication);
        var log = new QueryLog(new QueryCounts(metrics), new QueryLines(config.queryLog()));
        var resolver = new Resolver(publication.engine(), log, config.access(), config.rateLimit());
        metrics.gauges("wirelab_dns_zone_serial", "The version of each zone.", List.of("zone"), publication::readings);
        int tries = config.listen().getPort() == 0 ? PORT_TRIES : 1;
        while (true) {
            var sockets = bindUdp(config);
            var address = sockets.getFirst().localAddress();
            try {
                var tcp = TcpSide.start(address, TCP_LIMITS, resolver);
                var neighbours = Neighbours.of(config.transfers(), address, publication, metrics);
                publication.to(resolver::use, neighbours::announce);
                resolver.onNotify(neighbours::notified);
                neighbours.start();
                var udp = UdpSide.start(sockets, resolver);
                return new DnsServer(source, publication, neighbours, log, tcp, udp);
            } catch (IOException e) {
                sockets.forEach(UdpSocket::close);
                if (--tries == 0) {
                    throw BindFailure.explain(e, address, Transport.TCP, "--listen");
                }
            }
        }
    }

    private static void read(ZoneSource source, Publication publication) throws ExitException {
        try {
            publication.replace(source.read());
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<UdpSocket> bindUdp(DnsConfig config) throws ExitException {
        try {
            return UdpSide.bind(config.listen(), config.threads());
        } catch (IOException e) {
            throw BindFailure.explain(e, config.listen(), Transport.UDP, "--listen");
        }
    }

    @Override
    public List<String> addresses() {
        return Stream.of(udp, tcp).flatMap(each -> each.addresses().stream()).toList();
    }

    @Override
    public void reload() {
        try {
            read(source, publication);
            LOG.info("zones read again");
        } catch (ExitException e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("zones as they were");
        }
    }

    @Override
    public void close() {
        neighbours.close();
        udp.close();
        tcp.close();
        log.close();
    }
}
