package wirelab.client.shell;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import wirelab.daemon.Transport;
import wirelab.sim.impair.ImpairmentEvent;

/// Shows each message on stderr as it goes and comes, if that is asked for. Safe for many threads: a line is
/// written at once.
///
/// ```
/// 14:03:27.118204 > 255.255.255.255:67    dhcp  244  DISCOVER xid 1f2e3d4c broadcast
/// 14:03:27.119011 < 10.20.30.40:67        dhcp  274  OFFER xid 1f2e3d4c yiaddr 10.20.30.51 …
/// ```
public final class Trace {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

    private final Optional<PrintWriter> out;
    private final InstantSource clock;

    private Trace(Optional<PrintWriter> out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    public static Trace to(PrintWriter out, InstantSource clock) {
        return new Trace(Optional.of(out), clock);
    }

    public static Trace off() {
        return new Trace(Optional.empty(), InstantSource.system());
    }

    /// A message that leaves.
    ///
    /// @param octets its length, without the headers of UDP or TCP
    public void sent(InetSocketAddress to, String protocol, int octets, String message) {
        line('>', to, protocol, octets, message);
    }

    public void received(InetSocketAddress from, String protocol, int octets, String message) {
        line('<', from, protocol, octets, message);
    }

    /// A message that came and changed nothing.
    ///
    /// @param why completes "ignored: …"
    public void ignored(InetSocketAddress from, String protocol, int octets, String message, String why) {
        line('<', from, protocol, octets, message + "; ignored: " + why);
    }

    /// More about the message before, a line each.
    public void detail(List<String> lines) {
        out.ifPresent(writer -> writer.println(
                lines.stream().map(line -> "    " + line).collect(Collectors.joining(System.lineSeparator()))));
    }

    /// Something done to a packet on purpose, as `! ACKGET 3 dropped in, by rule: drop 1st ACKGET`.
    public void impaired(ImpairmentEvent event) {
        out.ifPresent(writer -> writer.println(time() + " ! " + event.packet() + " "
                + event.deed().past() + " " + event.direction().word() + ", by " + event.why()));
    }

    /// Something done on this machine, as a command run.
    public void did(String what) {
        out.ifPresent(writer -> writer.println(time() + " $ " + what));
    }

    private void line(char direction, InetSocketAddress peer, String protocol, int octets, String message) {
        out.ifPresent(writer -> writer.printf(
                Locale.ROOT,
                "%s %c %-21s %-4s %5d  %s%n",
                time(),
                direction,
                Transport.endpoint(peer),
                protocol,
                octets,
                message));
    }

    private String time() {
        return CLOCK.format(clock.instant().atZone(ZoneId.systemDefault()));
    }
}
