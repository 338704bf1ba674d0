package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import wirelab.wire.Bytes;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {
    @Test
    void theSocketThatSystemdNamesHearsReady(@TempDir Path folder) throws IOException {
        var path = folder.resolve("notify");
        try (var arena = Arena.ofConfined()) {
            var state = LinuxSockets.errnoMemory(arena);
            int fd = LinuxSockets.socket(state, LinuxSockets.AF_UNIX, LinuxSockets.SOCK_DGRAM);
            try {
                LinuxSockets.bind(state, fd, unixAddress(arena, path));
                SystemdNotify.ready(Map.of("NOTIFY_SOCKET", path.toString()));
                var messages = new LinuxMessages(arena, 1, 64);
                assertThat(LinuxSockets.receive(state, fd, messages.headers(), 1))
                        .isEqualTo(1);
                assertThat(Bytes.copyOf(messages.received(0))).isEqualTo(Bytes.ascii("READY=1"));
            } finally {
                LinuxSockets.close(state, fd);
            }
        }
    }

    @Test
    void aSocketThatIsNotThereIsNoReasonToEnd() {
        assertThat(LinuxSockets.sendToUnixSocket("/nonexistent/notify", "READY=1"))
                .get()
                .extracting(IOException::getMessage)
                .isEqualTo("sendto: No such file or directory");
        assertThat(LinuxSockets.sendToUnixSocket("x".repeat(200), "READY=1")).isNotEqualTo(Optional.empty());
    }

    /// `struct sockaddr_un`: family, then the path.
    private static MemorySegment unixAddress(Arena arena, Path path) {
        var name = path.toString().getBytes(StandardCharsets.UTF_8);
        var address = arena.allocate(2 + name.length + 1, 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) LinuxSockets.AF_UNIX);
        address.asSlice(2).copyFrom(MemorySegment.ofArray(name));
        return address;
    }
}
