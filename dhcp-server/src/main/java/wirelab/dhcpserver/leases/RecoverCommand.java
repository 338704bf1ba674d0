package wirelab.dhcpserver.leases;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import wirelab.daemon.ExitException;
import wirelab.dhcpserver.store.SetAside;

/// The command line of `dhcp-server leases recover`.
@Command(
        name = "recover",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description =
                "Moves a damaged lease file aside, and begins a new one with what can be read of it. A file in good"
                        + " order, or of another program, stays as it is.")
final class RecoverCommand implements Callable<Integer> {
    @Mixin
    LeasePlace leases = new LeasePlace();

    @Override
    public Integer call() throws IOException, ExitException {
        var file = leases.file();
        var done = SetAside.damaged(file);
        leases.say(done.map(one -> "the damaged file is " + one.aside() + "; "
                        + one.leases().size() + " leases of it are in " + file)
                .orElse(file + " is in good order, and stays as it is"));
        return 0;
    }
}
