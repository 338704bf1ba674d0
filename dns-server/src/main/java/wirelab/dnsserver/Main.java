package wirelab.dnsserver;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;

/// The command line of dns-server.
@Command(
        name = "dns-server",
        sortOptions = false,
        description = "Answers DNS queries about its zones, over UDP and TCP, and exchanges zones with other servers.",
        subcommands = {CheckCommand.class, ReloadCommand.class})
public final class Main implements Callable<Integer> {
    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = server.config();
        return Daemon.serve("dns-server", daemon, metrics -> DnsServer.open(config, metrics));
    }
}
