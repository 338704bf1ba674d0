package wirelab.dnsserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.daemon.Hangup;
import wirelab.daemon.SocketHolder;
import wirelab.daemon.Transport;

/// The command line of `dns-server reload`.
@Command(
        name = "reload",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Has the server at an address read its zones again, by SIGHUP. Its log says what came of it.")
final class ReloadCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:53",
            description = "Where the server takes queries (default: ${DEFAULT-VALUE}).")
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 53);

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException, InterruptedException {
        var pid = SocketHolder.pid(listen, Transport.TCP, "dns-server")
                .orElseThrow(() -> new ExitException(
                        ExitCode.UNAVAILABLE,
                        "--listen " + Transport.endpoint(listen)
                                + ": no dns-server there that this user may signal; name its address, or start it"));
        Hangup.send(pid, "its zones", spec.commandLine().getOut());
        return 0;
    }
}
