package wirelab.dhcpserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.ClientKey;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.Network;

/// A line a message: who got what, or why not. Confined to one thread.
final class TransactionLog {
    /// A full pool is said again after this; a flood must not fill the log.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TransactionLog.class);

    private final Network network;
    private Instant nextWarning = Instant.MIN;

    TransactionLog(Network network) {
        this.network = network;
    }

    void reply(DhcpMessage request, Decision.Reply reply, InetSocketAddress to) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        var message = reply.message();
        var line = about(Level.INFO, request);
        if (!message.yiaddr().equals(Ipv4.ANY)) {
            line = line.addKeyValue("address", message.yiaddr().getHostAddress());
        }
        var time = message.option(DhcpOption.LeaseTime.class);
        if (time.isPresent()) {
            line = line.addKeyValue("seconds", time.get().time().toSeconds());
        }
        var why = message.option(DhcpOption.Message.class);
        if (why.isPresent()) {
            line = line.addKeyValue("why", why.get().text());
        }
        line.addKeyValue("to", to.getAddress().getHostAddress() + ":" + to.getPort())
                .log(name(message));
    }

    void silent(DhcpMessage request, Decision.Silent silent, Instant now) {
        var level = level(silent.reason(), now);
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        var line = about(level, request);
        var change = silent.change();
        if (change.isPresent()) {
            line = line.addKeyValue("address", change.get().address().getHostAddress());
        }
        switch (silent.reason()) {
            // These have done what they came for, and no answer is due.
            case RELEASED -> line.log(name(request));
            case DECLINED -> line.addKeyValue("why", why(silent.reason())).log(name(request));
            default -> line.addKeyValue("why", why(silent.reason())).log(name(request) + " not answered");
        }
    }

    private Level level(Decision.Reason reason, Instant now) {
        return switch (reason) {
            case FROM_A_SERVER, BOOTP, NOT_SERVED, NO_CLIENT, OVERSIZED, NO_ADDRESS -> Level.DEBUG;
            case OTHER_NETWORK, OTHER_SERVER, UNKNOWN_CLIENT, NOT_ITS_ADDRESS, RELEASED -> Level.INFO;
            case DECLINED -> Level.WARN;
            case POOL_EXHAUSTED -> {
                if (now.isBefore(nextWarning)) {
                    yield Level.DEBUG;
                }
                nextWarning = now.plus(PAUSE);
                yield Level.WARN;
            }
        };
    }

    private String why(Decision.Reason reason) {
        return switch (reason) {
            case POOL_EXHAUSTED ->
                "no address of --pool " + network.pool() + " is free: widen it, or shorten --lease-time";
            case DECLINED -> "a host that was not given the address uses it: find that host, or take it out of --pool";
            default -> reason.text();
        };
    }

    private static LoggingEventBuilder about(Level level, DhcpMessage request) {
        var line = LOG.atLevel(level)
                .addKeyValue("xid", "%08x".formatted(request.xid()))
                .addKeyValue(
                        "client", ClientKey.of(request).map(Object::toString).orElse("nobody"));
        return request.giaddr().equals(Ipv4.ANY)
                ? line
                : line.addKeyValue("relay", request.giaddr().getHostAddress());
    }

    private static String name(DhcpMessage message) {
        return message.type().map(type -> type.name().toLowerCase(Locale.ROOT)).orElse("bootp");
    }
}
