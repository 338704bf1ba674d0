package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void connectionsThatSayNothingDoNotHoldUpOneThatDoes() throws IOException {
        try (var server = echo(new TcpServer.Limits(64, LONG))) {
            var silent = new ArrayList<Socket>();
            try {
                for (int i = 0; i < 50; i++) {
                    silent.add(connect(server));
                }
                assertThat(ask(server)).isEqualTo('?');
            } finally {
                for (var socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosedWhenItsTimeIsUp() throws IOException {
        try (var server = echo(new TcpServer.Limits(4, Duration.ofMillis(50)));
                var silent = connect(server)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aFaultInTheHandlerClosesThatConnectionAlone() throws IOException {
        TcpServer.Handler handler = socket -> {
            int octet = socket.getInputStream().read();
            if (octet == '!') {
                throw new IllegalStateException("meant by the test");
            }
            socket.getOutputStream().write(octet);
        };
        try (var server = TcpServer.start(ANY_PORT, new TcpServer.Limits(4, LONG), handler)) {
            try (var socket = connect(server)) {
                socket.getOutputStream().write('!');
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(ask(server)).isEqualTo('?');
        }
    }

    @Test
    void closingLetsARequestInProgressFinish() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        TcpServer.Handler handler = socket -> {
            int octet = socket.getInputStream().read();
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            socket.getOutputStream().write(octet);
        };
        var server = TcpServer.start(ANY_PORT, new TcpServer.Limits(4, LONG), handler);
        try (var socket = connect(server)) {
            socket.getOutputStream().write('?');
            asked.await();
            var closer = Thread.ofVirtual().start(server::close);
            answer.countDown();
            assertThat(socket.getInputStream().read()).isEqualTo('?');
            closer.join();
        }
    }

    private static TcpServer echo(TcpServer.Limits limits) throws IOException {
        return TcpServer.start(
                ANY_PORT,
                limits,
                socket -> socket.getOutputStream().write(socket.getInputStream().read()));
    }

    private static Socket connect(TcpServer server) throws IOException {
        var address = server.localAddress();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static int ask(TcpServer server) throws IOException {
        try (var socket = connect(server)) {
            socket.getOutputStream().write('?');
            return socket.getInputStream().read();
        }
    }
}
