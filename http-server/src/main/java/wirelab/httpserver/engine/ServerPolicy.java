package wirelab.httpserver.engine;

import java.time.Duration;
import wirelab.http.HttpLimits;

/// What a connection is granted. Immutable.
///
/// @param server what `Server` says
/// @param maxBody octets of a request's body that are read and dropped
/// @param requests how many a connection may make
/// @param idle how long it may be silent between two requests
/// @param request how long a request may take to come, from its first octet to its last
/// @param stall how long a client may take no octet of its response
/// @param linger how long we listen after the last response, so that it is not lost by a reset
/// @param minRate octets a second that a client must take, on the average of `stall`; 0 for one in all that time
/// @param rate octets a second that it is sent at most; 0 for as many as it takes. The shell keeps to it
/// @param hidden whether names that begin with a dot are there
public record ServerPolicy(
        String server,
        HttpLimits limits,
        long maxBody,
        int requests,
        Duration idle,
        Duration request,
        Duration stall,
        Duration linger,
        long minRate,
        long rate,
        boolean hidden) {
    /// The suite's own.
    public static final ServerPolicy STANDARD = new ServerPolicy(
            "wirelab-http/0.1.0",
            HttpLimits.STANDARD,
            65536,
            1000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            0,
            0,
            false);

    /// The same with another keep-alive.
    public ServerPolicy keepingAlive(Duration idle, int requests) {
        return new ServerPolicy(server, limits, maxBody, requests, idle, request, stall, linger, minRate, rate, hidden);
    }

    /// The same with another time for a request to come.
    public ServerPolicy requestWithin(Duration request) {
        return new ServerPolicy(server, limits, maxBody, requests, idle, request, stall, linger, minRate, rate, hidden);
    }

    /// The same with other limits for a head.
    public ServerPolicy limitedTo(HttpLimits limits) {
        return new ServerPolicy(server, limits, maxBody, requests, idle, request, stall, linger, minRate, rate, hidden);
    }

    /// The same with other rates.
    public ServerPolicy paced(long minRate, long rate) {
        return new ServerPolicy(server, limits, maxBody, requests, idle, request, stall, linger, minRate, rate, hidden);
    }

    /// The same with or without names that begin with a dot.
    public ServerPolicy showingHidden(boolean hidden) {
        return new ServerPolicy(server, limits, maxBody, requests, idle, request, stall, linger, minRate, rate, hidden);
    }
}
