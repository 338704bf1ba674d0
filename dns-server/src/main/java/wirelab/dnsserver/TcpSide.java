package wirelab.dnsserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import wirelab.daemon.Service;
import wirelab.daemon.TcpServer;

/// Queries over TCP: a virtual thread a connection, bounded. Safe for many threads.
final class TcpSide implements Service {
    private final TcpServer server;
    private final TcpConversations conversations;

    private TcpSide(TcpServer server, TcpConversations conversations) {
        this.server = server;
        this.conversations = conversations;
    }

    /// Binds, and starts to answer.
    static TcpSide start(InetSocketAddress address, TcpServer.Limits limits, Resolver resolver) throws IOException {
        var conversations = new TcpConversations(resolver, limits.idle());
        try {
            return new TcpSide(TcpServer.start(address, limits, conversations), conversations);
        } catch (IOException e) {
            conversations.close();
            throw e;
        }
    }

    InetSocketAddress localAddress() {
        return server.localAddress();
    }

    @Override
    public List<String> addresses() {
        return server.addresses();
    }

    @Override
    public void close() {
        server.close();
        conversations.close();
    }
}
