package wirelab.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import wirelab.client.shell.Context;
import wirelab.client.shell.ProxySession;
import wirelab.daemon.ExitException;
import wirelab.daemon.ImpairmentOptions;

/// How to reach the RUDP proxy in a step alone; a `@Mixin`.
final class ProxyOptions {
    @Option(
            names = "--proxy",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.10:49152",
            description = "The RUDP proxy (default: ${DEFAULT-VALUE}).")
    InetSocketAddress proxy = new InetSocketAddress(Inet4Address.ofLiteral("127.0.0.10"), 49152);

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS[:PORT]",
            converter = Bind.Converter.class,
            description = "Where to speak from (default: the address that leads there, port 49152 if it is free).")
    Optional<Bind> bind = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "lab",
            description = "The name to say hello with (default: ${DEFAULT-VALUE}).")
    String user = "lab";

    @Mixin
    ImpairmentOptions impairment = new ImpairmentOptions();

    ProxySession open(Context context) throws IOException, ExitException {
        var port = bind.map(Bind::port).orElse(OptionalInt.empty());
        return ProxySession.open(context, ProxySession.localEnd(bind.map(Bind::address), port, proxy), proxy);
    }
}
