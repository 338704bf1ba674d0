package wirelab.rudpproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aReadThatWaitsTooLongIsOver() throws IOException {
        try (var silent = silent();
                var channel = SocketChannel.open(silent.getLocalAddress());
                var patience = Patience.with(channel, SHORT)) {
            patience.begin();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
            assertThat(patience.isOver()).isTrue();
        }
    }

    @Test
    void onlyTheChannelsOwnWaitingCounts() throws IOException {
        try (var silent = silent();
                var idle = SocketChannel.open(silent.getLocalAddress());
                var waiting = SocketChannel.open(silent.getLocalAddress());
                var idlePatience = Patience.with(idle, SHORT)) {
            idlePatience.begin();
            idlePatience.end();
            try (var patience = Patience.with(waiting, SHORT.multipliedBy(4))) {
                patience.begin();
                assertThatThrownBy(() -> waiting.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
            }
            assertThat(idlePatience.isOver()).isFalse();
            assertThat(idle.isOpen()).isTrue();
        }
    }

    private static ServerSocketChannel silent() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
