package wirelab.httpserver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Requests that nobody should send: good ones with octets changed, taken out, doubled and cut, and pure chance.
final class StrangeRequests {
    private static final String CHUNKED =
            "GET http://127.0.0.1/sub/ HTTP/1.1\r\nHost: [::1]:80\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String NEXT = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final List<String> GOOD = List.of(
            "GET /a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=0-0\r\nIf-Range: \"a-b\"\r\n\r\n",
            "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
            "GET /sub/b%20c.txt?q HTTP/1.0\r\nConnection: keep-alive\r\nIf-None-Match: W/\"a\", *\r\n\r\n",
            CHUNKED + "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n" + NEXT,
            "POST /../%2e%2e/%00 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + NEXT);

    private StrangeRequests() {}

    static byte[] next(RandomGenerator random) {
        if (random.nextInt(5) == 0) {
            var octets = new byte[1 + random.nextInt(3000)];
            random.nextBytes(octets);
            return octets;
        }
        var request = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            change(request, random);
        }
        return request.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void change(StringBuilder request, RandomGenerator random) {
        int at = random.nextInt(request.length());
        int to = Math.min(request.length(), at + 1 + random.nextInt(20));
        switch (random.nextInt(6)) {
            case 0 -> request.setCharAt(at, (char) random.nextInt(256));
            case 1 -> request.setCharAt(at, "\r\n \t:,;\"%/.*-=0".charAt(random.nextInt(15)));
            case 2 -> request.insert(at, request.substring(at, to));
            case 3 -> request.setLength(Math.max(1, at));
            case 4 -> request.insert(at, "9".repeat(1 + random.nextInt(300)));
            default -> {
                if (to - at < request.length()) {
                    request.delete(at, to);
                }
            }
        }
    }
}
