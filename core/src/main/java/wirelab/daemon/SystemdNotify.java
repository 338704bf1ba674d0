package wirelab.daemon;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd that the daemon is ready, where `NOTIFY_SOCKET` asks for it.
///
/// @spec https://www.freedesktop.org/software/systemd/man/sd_notify.html sd_notify(3)
final class SystemdNotify {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);

    private SystemdNotify() {}

    static void ready(Map<String, String> environment) {
        var socket = environment.get("NOTIFY_SOCKET");
        if (socket != null) {
            LinuxSockets.sendToUnixSocket(socket, "READY=1")
                    .ifPresent(error -> LOG.atWarn()
                            .addKeyValue("NOTIFY_SOCKET", socket)
                            .addKeyValue("error", error.getMessage())
                            .log("systemd does not hear that we are ready"));
        }
    }
}
