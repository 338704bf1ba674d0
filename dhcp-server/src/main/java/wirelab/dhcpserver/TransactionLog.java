package wirelab.dhcpserver;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import wirelab.daemon.Transport;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.engine.Decision;
import wirelab.dhcpserver.engine.network.ClientKey;

/// A line a message: who got what, or why not. Safe for many threads.
final class TransactionLog {
    /// A full pool is said again after this; a flood must not fill the log.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TransactionLog.class);

    private Instant nextWarning = Instant.MIN;

    /// A reply repeats all by which its request is known: `xid`, option 61, `chaddr` and the relay.
    void reply(Decision.Reply reply, InetSocketAddress to) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        var message = reply.message();
        var line = about(Level.INFO, message);
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
        line.addKeyValue("to", Transport.endpoint(to)).log(name(message));
    }

    /// Somebody is at an address that nobody was given.
    void answered(Inet4Address address) {
        LOG.atWarn()
                .addKeyValue("address", address.getHostAddress())
                .addKeyValue(
                        "why",
                        "a host that was not given the address answers at it, so it is set aside:"
                                + " find that host, or take it out of --pool")
                .log("conflict");
    }

    void silent(DhcpMessage request, Decision.Silent silent, Instant now) {
        var level = level(silent.reason(), now);
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        var line = about(level, request);
        for (var change : silent.changes()) {
            line = line.addKeyValue("address", change.lease().address().getHostAddress());
        }
        switch (silent.reason()) {
            // These have done what they came for, and no answer is due.
            case RELEASED -> line.log(name(request));
            case DECLINED -> line.addKeyValue("why", why(silent.reason())).log(name(request));
            default -> line.addKeyValue("why", why(silent.reason())).log(name(request) + " not answered");
        }
    }

    private synchronized Level level(Decision.Reason reason, Instant now) {
        return switch (reason) {
            case FROM_A_SERVER, BOOTP, NOT_SERVED, NO_CLIENT, OVERSIZED, NO_ADDRESS, LEASES_AWAY, PROBING ->
                Level.DEBUG;
            case OTHER_NETWORK, OTHER_SERVER, UNKNOWN_CLIENT, NOT_ITS_ADDRESS, RELEASED -> Level.INFO;
            case DECLINED -> Level.WARN;
            case POOL_EXHAUSTED, TOO_MANY -> {
                if (now.isBefore(nextWarning)) {
                    yield Level.DEBUG;
                }
                nextWarning = now.plus(PAUSE);
                yield Level.WARN;
            }
        };
    }

    private static String why(Decision.Reason reason) {
        return switch (reason) {
            case POOL_EXHAUSTED -> "no address of the pool is free: widen --pool, or shorten --lease-time";
            case TOO_MANY -> reason.text() + " (--max-per-port, --max-per-card)";
            case DECLINED -> "a host that was not given the address uses it: find that host, or take it out of --pool";
            default -> reason.text();
        };
    }

    private static LoggingEventBuilder about(Level level, DhcpMessage request) {
        var line = LOG.atLevel(level)
                .addKeyValue("xid", HexFormat.of().toHexDigits(request.xid()))
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
