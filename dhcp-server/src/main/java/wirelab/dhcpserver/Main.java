package wirelab.dhcpserver;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import wirelab.daemon.Daemon;
import wirelab.daemon.DaemonOptions;
import wirelab.daemon.ExitException;
import wirelab.daemon.Program;
import wirelab.dhcpserver.config.DhcpConfig;
import wirelab.dhcpserver.config.NetworkOptions;
import wirelab.dhcpserver.config.ServerOptions;
import wirelab.dhcpserver.leases.LeasesCommand;

/// The command line of the DHCP server.
@Command(
        name = "dhcp-server",
        sortOptions = false,
        description = "Lends addresses of its networks to their hosts (RFC 2131).",
        subcommands = {LeasesCommand.class, ReloadCommand.class})
public final class Main implements Callable<Integer> {
    private final String[] arguments;

    @Mixin
    NetworkOptions network = new NetworkOptions();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    DaemonOptions daemon = new DaemonOptions();

    private Main(String[] arguments) {
        this.arguments = arguments.clone();
    }

    public static void main(String[] arguments) {
        System.exit(new Program(new Main(arguments)).run(arguments));
    }

    @Override
    public Integer call() throws IOException, ExitException {
        var config = DhcpConfig.of(server, network);
        return Daemon.serve("dhcp-server", daemon, metrics -> DhcpServer.open(config, this::readAgain, metrics));
    }

    /// The same arguments, with what their files say now.
    private DhcpConfig readAgain() throws ExitException {
        var again = new Main(arguments);
        new Program(again).read(arguments);
        return DhcpConfig.of(again.server, again.network);
    }
}
