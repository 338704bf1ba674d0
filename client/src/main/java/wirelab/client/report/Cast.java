package wirelab.client.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.ScrapRequest;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Content.Arp;
import wirelab.client.capture.Content.Dhcp;
import wirelab.client.capture.Content.Dns;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.capture.Content.RudpPackets;
import wirelab.client.capture.Content.TcpSegment;
import wirelab.client.capture.Endpoint;
import wirelab.client.capture.Frame;

/// Who is who in a capture, by what each does there; no address is known beforehand. Immutable.
public final class Cast {
    static final String CLIENT = "client";
    static final String PROXY = "RUDP proxy";
    static final String SCRAP_SERVER = "scrap server";
    static final String HTTP_SERVER = "HTTP server";
    static final String DNS_SERVER = "DNS server";
    static final String DHCP_SERVER = "DHCP server";
    static final String FOREIGN_DHCP_SERVER = "foreign DHCP server";

    private static final String NOBODY = "0.0.0.0";
    private static final String EVERYBODY = "255.255.255.255";
    private static final Set<String> PROXY_SAYS = Set.of("SIGNACK", "ECHOREPLY", "STATREPLY", "ACKGET", "SIGNFULL");

    private final Map<Endpoint, Role> roles = new LinkedHashMap<>();
    private final Map<Integer, String> openers = new LinkedHashMap<>();

    private Cast() {}

    /// Finds out from all frames.
    public static Cast of(List<Frame> frames, List<Connection> connections) {
        var cast = new Cast();
        cast.dhcp(frames);
        frames.forEach(cast::rudp);
        frames.forEach(cast::scrap);
        cast.lookups(frames);
        frames.forEach(cast::http);
        cast.numberClients();
        connections.forEach(connection -> cast.opener(connection, frames));
        return cast;
    }

    /// All roles that somebody has.
    public List<Role> roles() {
        return List.copyOf(roles.values());
    }

    /// Who is behind an end, as `the DNS server`; the address where nothing is known.
    public String the(Endpoint end) {
        return role(end).map(name -> "the " + name).orElse(end.address());
    }

    /// The same at the beginning of a sentence.
    public String subject(Endpoint end) {
        return capital(the(end));
    }

    /// Who opened a connection, as `the RUDP proxy`.
    public String opener(Connection connection) {
        return Optional.ofNullable(openers.get(connection.stream()))
                .map(name -> "the " + name)
                .orElse(connection.client().address());
    }

    /// The role of an end, without an article.
    public Optional<String> role(Endpoint end) {
        if (end.address().equals(NOBODY)) {
            return Optional.of(soleClient());
        }
        if (end.address().equals(EVERYBODY)) {
            return Optional.of("broadcast address");
        }
        return Optional.ofNullable(roles.get(end))
                .or(() -> Optional.ofNullable(roles.get(new Endpoint(end.address(), 0))))
                .map(Role::name);
    }

    /// Whether an address is some client's.
    boolean isClient(Endpoint end) {
        return role(end).filter(name -> name.startsWith(CLIENT)).isPresent();
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private String soleClient() {
        var names = roles.values().stream()
                .map(Role::name)
                .filter(name -> name.startsWith(CLIENT))
                .distinct()
                .toList();
        return names.size() == 1 ? names.getFirst() : CLIENT;
    }

    private void put(String name, Endpoint end, String because, Frame frame) {
        roles.putIfAbsent(end, new Role(name, end, because, frame.number()));
    }

    private static Endpoint any(Endpoint end) {
        return new Endpoint(end.address(), 0);
    }

    /// The servers that clients chose, by option 54 of a REQUEST or of an ACK.
    private void dhcp(List<Frame> frames) {
        Set<String> chosen = new LinkedHashSet<>();
        for (var frame : frames) {
            if (frame.content() instanceof Dhcp dhcp && (dhcp.type() == Dhcp.REQUEST || dhcp.type() == Dhcp.ACK)) {
                dhcp.server().ifPresent(chosen::add);
            }
        }
        for (var frame : frames) {
            if (frame.content() instanceof Dhcp dhcp && dhcp.isReply()) {
                boolean foreign = !chosen.isEmpty()
                        && !chosen.contains(dhcp.server().orElse(frame.source().address()));
                put(
                        foreign ? FOREIGN_DHCP_SERVER : DHCP_SERVER,
                        frame.source(),
                        foreign ? "sends a " + dhcp.name() + " though nobody chose it" : "sends an " + dhcp.name(),
                        frame);
                if (dhcp.type() == Dhcp.ACK && !dhcp.yiaddr().equals(NOBODY)) {
                    put(CLIENT, new Endpoint(dhcp.yiaddr(), 0), "gets this address in an ACK", frame);
                }
            }
        }
    }

    private void rudp(Frame frame) {
        if (frame.content() instanceof RudpMessage message && !message.type().equals("SIGNEND")) {
            boolean reply = PROXY_SAYS.contains(message.type());
            put(
                    PROXY,
                    any(reply ? frame.source() : frame.destination()),
                    reply ? "sends" : "is sent",
                    message.type(),
                    frame);
            put(
                    CLIENT,
                    any(reply ? frame.destination() : frame.source()),
                    reply ? "is sent" : "sends",
                    message.type(),
                    frame);
        } else if (frame.content() instanceof RudpPackets packets
                && packets.types().contains("INITIAL")) {
            put(PROXY, any(frame.destination()), "is sent", "INITIAL", frame);
            put(CLIENT, any(frame.source()), "sends", "INITIAL", frame);
        }
    }

    private void put(String name, Endpoint end, String does, String what, Frame frame) {
        put(name, end, does + " a " + what, frame);
    }

    private void scrap(Frame frame) {
        if (frame.content() instanceof TcpSegment segment && segment.application() instanceof ScrapRequest request) {
            put(SCRAP_SERVER, any(frame.destination()), "is sent " + request.text(), frame);
        }
    }

    private void lookups(List<Frame> frames) {
        for (var frame : frames) {
            if (frame.content() instanceof Dns dns) {
                put(
                        DNS_SERVER,
                        dns.response() ? frame.source() : frame.destination(),
                        dns.response() ? "answers a query" : "is sent a query",
                        frame);
                if (!dns.response()) {
                    put(CLIENT, any(frame.source()), "sends a query", frame);
                }
            }
        }
    }

    private void http(Frame frame) {
        if (frame.content() instanceof TcpSegment segment && segment.application() instanceof HttpRequest request) {
            put(HTTP_SERVER, frame.destination(), "is sent a " + request.method(), frame);
            if (!frame.source().address().equals(frame.destination().address())) {
                put(CLIENT, any(frame.source()), "sends a " + request.method(), frame);
            }
        }
    }

    /// Tells several clients apart by letters.
    private void numberClients() {
        var clients = roles.values().stream()
                .filter(role -> role.name().equals(CLIENT))
                .toList();
        for (int i = 0; clients.size() > 1 && i < clients.size(); i++) {
            var role = clients.get(i);
            roles.put(role.end(), new Role(CLIENT + " " + letters(i), role.end(), role.because(), role.frame()));
        }
    }

    private static String letters(int index) {
        var letter = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? letter : letters(index / 26 - 1) + letter;
    }

    /// On one machine both ends of a connection may have the same address. Then what is asked for tells who asks.
    private void opener(Connection connection, List<Frame> frames) {
        if (!connection.client().address().equals(connection.server().address())) {
            role(connection.client()).ifPresent(name -> openers.put(connection.stream(), name));
            return;
        }
        var requests = connection.frames().stream()
                .map(frame -> ((TcpSegment) frame.content()).application())
                .filter(HttpRequest.class::isInstance)
                .map(HttpRequest.class::cast)
                .toList();
        if (requests.isEmpty()) {
            return;
        }
        if (requests.stream().allMatch(request -> request.target().equals("/"))) {
            openers.put(connection.stream(), SCRAP_SERVER);
        } else if (frames.stream().anyMatch(frame -> asksProxy(frame, connection, requests))) {
            openers.put(connection.stream(), PROXY);
        } else {
            openers.put(connection.stream(), role(connection.client()).orElse(CLIENT));
        }
    }

    private static boolean asksProxy(Frame frame, Connection connection, List<HttpRequest> requests) {
        return frame.number() < connection.frames().getFirst().number()
                && frame.content() instanceof RudpPackets packets
                && packets.fileRequest().isPresent()
                && requests.stream()
                        .anyMatch(request -> packets.fileRequest().get().endsWith(" " + request.target()));
    }

    /// The questions that ARP asks for nobody else: a probe of one's own address.
    static boolean isProbe(Arp arp) {
        return !arp.reply() && arp.sender().equals(NOBODY);
    }

    /// The ends that stand under one name, as `127.0.0.1:80`.
    List<String> ends(String name) {
        return roles.values().stream()
                .filter(role -> role.name().equals(name))
                .map(role -> role.end().toString())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
