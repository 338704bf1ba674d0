package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import wirelab.daemon.ExitException;

/// Puts an address on an interface of this machine, and takes it off. Confined to one thread.
///
/// With `scope host` an address of the loopback interface is never chosen as the source of what goes elsewhere, as the
/// next DISCOVER, which must leave from 0.0.0.0.
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
        if (isHere(address)) {
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

    /// Whether this machine has an address. All of 127/8 is its own, whether an interface lists it or not.
    public static boolean isHere(Inet4Address address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private void run(String verb) throws IOException, ExitException {
        var scope = isLoopback() ? "host" : "global";
        new IpCommand(trace).run("addr", verb, address.getHostAddress() + "/32", "dev", device, "scope", scope);
    }

    private boolean isLoopback() throws IOException {
        var found = NetworkInterface.getByName(device);
        return found != null && found.isLoopback();
    }
}
