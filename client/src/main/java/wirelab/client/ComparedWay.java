package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.client.path.CongestionControl;
import wirelab.client.shell.Context;
import wirelab.client.transfer.TransferLog;
import wirelab.daemon.ExitException;
import wirelab.dhcp.Ipv4;

/// A way by which `client compare` fetches the file. Immutable.
sealed interface ComparedWay {
    /// HTTP over the kernel's TCP.
    ///
    /// @param control what it is told to use, if anything
    record Tcp(String name, Optional<CongestionControl> control) implements ComparedWay {
        @Override
        public FileSource source(EndsOptions ends, Optional<Bind> bind, Context context, TransferLog log) {
            Inet4Address local = bind.map(Bind::address).orElse(Ipv4.ANY);
            return new FileSource.Http(local, ends.http, Optional.of(log));
        }
    }

    /// RUDP, from the proxy.
    record Rudp() implements ComparedWay {
        @Override
        public String name() {
            return "RUDP";
        }

        @Override
        public Optional<CongestionControl> control() {
            return Optional.empty();
        }

        @Override
        public FileSource source(EndsOptions ends, Optional<Bind> bind, Context context, TransferLog log)
                throws IOException {
            return new FileSource.Rudp(TransportOptions.route(ends.proxy, bind, context, log), log);
        }
    }

    /// For people.
    String name();

    Optional<CongestionControl> control();

    /// The file's source, which tells `log` when octets arrive.
    FileSource source(EndsOptions ends, Optional<Bind> bind, Context context, TransferLog log) throws IOException;

    /// On the network as it is: TCP as the kernel likes it, and RUDP.
    static List<ComparedWay> plain() {
        return List.of(new Tcp("HTTP over TCP", Optional.empty()), new Rudp());
    }

    /// On a path of our own: TCP with each of these, or else as the kernel likes it, and RUDP.
    static List<ComparedWay> withTcp(List<CongestionControl> controls) throws IOException, ExitException {
        var ways = new ArrayList<ComparedWay>();
        for (var control : controls) {
            control.check();
            ways.add(new Tcp(name(control), Optional.of(control)));
        }
        if (ways.isEmpty()) {
            ways.add(new Tcp(name(CongestionControl.usual()), Optional.empty()));
        }
        ways.add(new Rudp());
        return List.copyOf(ways);
    }

    private static String name(CongestionControl control) {
        return "HTTP over TCP, " + control.name();
    }
}
