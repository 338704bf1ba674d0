package wirelab.daemon;

import java.util.Map;

/// Tells systemd that the daemon is ready, where `NOTIFY_SOCKET` asks for it.
///
/// @spec https://www.freedesktop.org/software/systemd/man/sd_notify.html sd_notify(3)
final class SystemdNotify {
    private SystemdNotify() {}

    static void ready(Map<String, String> environment) {
        var socket = environment.get("NOTIFY_SOCKET");
        if (socket != null) {
            LinuxSockets.sendToUnixSocket(socket, "READY=1");
        }
    }
}
