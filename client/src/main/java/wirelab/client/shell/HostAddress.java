package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Puts an address on an interface of this machine, and takes it off. Confined to one thread.
///
/// The JDK cannot do that; on Linux `ip` of iproute2 does it. With `scope host` an address of the loopback interface is
/// never chosen as the source of what goes elsewhere, as the next DISCOVER, which must leave from 0.0.0.0.
public final class HostAddress {
    private final Trace trace;
    private final String device;
    private final Inet4Address address;

    public HostAddress(Trace trace, String device, Inet4Address address) {
        this.trace = trace;
        this.device = device;
        this.address = address;
    }

    /// Makes the address this machine's own, unless it is already.
    ///
    /// @return whether that needed doing
    public boolean take() throws IOException, ExitException {
        if (isHere()) {
            return false;
        }
        run("add");
        return true;
    }

    /// Takes the address off the interface, if it is on it.
    public void drop() throws IOException, ExitException {
        if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) != null) {
            run("del");
        }
    }

    /// All of 127/8 is this machine's, whether an interface lists it or not.
    private boolean isHere() throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private void run(String verb) throws IOException, ExitException {
        var command = List.of(
                "ip",
                "addr",
                verb,
                address.getHostAddress() + "/32",
                "dev",
                device,
                "scope",
                isLoopback() ? "host" : "global");
        var line = String.join(" ", command);
        trace.did(line);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.CONFIG,
                    "cannot put " + address.getHostAddress() + " on " + device
                            + ": there is no ip command here; install iproute2 (apt-get install iproute2)",
                    e);
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = await(process);
        if (exit != 0) {
            throw failed(line, said);
        }
    }

    private boolean isLoopback() throws IOException {
        var found = NetworkInterface.getByName(device);
        return found != null && found.isLoopback();
    }

    private static int await(Process process) throws ExitException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExitException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static ExitException failed(String line, String said) {
        if (said.contains("not permitted") || said.contains("Permission denied")) {
            return new ExitException(
                    ExitCode.NO_PERMISSION,
                    "no permission for '" + line + "' (" + said
                            + "): run it in the lab, where it is allowed (scripts/lab run), or as root");
        }
        return new ExitException(ExitCode.CONFIG, "'" + line + "' failed: " + said);
    }
}
