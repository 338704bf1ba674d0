package wirelab.client.shell;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wirelab.client.engine.DhcpClient;
import wirelab.client.engine.DhcpSettings;
import wirelab.client.engine.Lease;
import wirelab.client.engine.Verdict;
import wirelab.daemon.ExitException;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.HardwareAddress;
import wirelab.wire.Bytes;

/// Many clients on one port, each with a hardware address of its own, as fast as the server lets them: a class that
/// comes in at nine. Confined to one thread.
public final class LeaseLoad {
    /// What it came to. Immutable.
    ///
    /// @param leases each with the hardware address that has it
    /// @param failed how many clients got none in time
    /// @param sentAgain DISCOVERs and REQUESTs beyond the first
    /// @param time from the first message to the last lease
    /// @param toOffer from DISCOVER to OFFER, the shortest first
    /// @param toLease from DISCOVER to ACK, the shortest first
    public record Outcome(
            Map<HardwareAddress, Lease> leases,
            int failed,
            int sentAgain,
            Duration time,
            List<Duration> toOffer,
            List<Duration> toLease) {
        /// How many different addresses there are; fewer than leases, if the server let one twice.
        public int addresses() {
            return (int) leases.values().stream().map(Lease::address).distinct().count();
        }
    }

    private final class Guest {
        private final HardwareAddress chaddr;
        private final DhcpClient engine;
        private final Instant began;
        private int sent;

        private Guest(HardwareAddress chaddr) {
            this.chaddr = chaddr;
            this.began = context.now();
            var settings = config.settings();
            this.engine = DhcpClient.init(
                    new DhcpSettings(
                            chaddr, settings.pace(), Optional.empty(), settings.hostName(), settings.wanted(), false),
                    context.random(),
                    began);
        }
    }

    private final Context context;
    private final LeaseConfig config;
    private final int clients;
    private final int atOnce;
    private final Map<HardwareAddress, Guest> waiting = new LinkedHashMap<>();
    private final Map<HardwareAddress, Guest> served = new LinkedHashMap<>();
    private final Map<HardwareAddress, Lease> leases = new LinkedHashMap<>();
    private final List<Duration> toOffer = new ArrayList<>();
    private final List<Duration> toLease = new ArrayList<>();
    private int started;
    private int failed;
    private int sentAgain;

    /// @param atOnce how many clients ask at the same time, at most
    public LeaseLoad(Context context, LeaseConfig config, int clients, int atOnce) {
        this.context = context;
        this.config = config;
        this.clients = clients;
        this.atOnce = atOnce;
    }

    /// Takes a lease for each client, and gives them back if that is wanted.
    public Outcome run(boolean release) throws IOException, ExitException {
        try (var link = DhcpLink.open(context, config, Optional.empty())) {
            var began = context.now();
            var last = began;
            while (leases.size() + failed < clients) {
                begin();
                var alarm = turn(link);
                int before = leases.size();
                link.receive(context.until(alarm), this::take);
                last = leases.size() > before ? context.now() : last;
            }
            if (release) {
                for (var guest : served.values()) {
                    guest.engine.release(context.now());
                    send(link, guest);
                }
            }
            Collections.sort(toOffer);
            Collections.sort(toLease);
            return new Outcome(leases, failed, sentAgain, Duration.between(began, last), toOffer, toLease);
        }
    }

    private void begin() {
        while (started < clients && waiting.size() < atOnce) {
            var guest = new Guest(chaddr(started));
            waiting.put(guest.chaddr, guest);
            started++;
        }
    }

    /// Sends what is due, gives up who has waited for too long, and returns when there is more to do.
    private Instant turn(DhcpLink link) throws IOException, ExitException {
        var now = context.now();
        var next = now.plus(context.timeout());
        for (var guests = waiting.values().iterator(); guests.hasNext(); ) {
            var guest = guests.next();
            var giveUp = guest.began.plus(context.timeout());
            if (!now.isBefore(giveUp)) {
                failed++;
                guests.remove();
                continue;
            }
            guest.engine.tick(now);
            send(link, guest);
            var alarm = guest.engine.deadline().isBefore(giveUp) ? guest.engine.deadline() : giveUp;
            next = alarm.isBefore(next) ? alarm : next;
        }
        return waiting.isEmpty() ? now : next;
    }

    private void send(DhcpLink link, Guest guest) throws IOException, ExitException {
        for (var next = guest.engine.poll(); next.isPresent(); next = guest.engine.poll()) {
            link.send(next.get());
            guest.sent++;
        }
    }

    private Verdict take(DhcpMessage message, Inet4Address from) {
        var guest = waiting.get(message.chaddr());
        if (guest == null) {
            return Verdict.ignored("for nobody who waits");
        }
        var now = context.now();
        var verdict = guest.engine.handle(message, from, now);
        if (verdict instanceof Verdict.Accepted
                && message.type().filter(DhcpMessageType.OFFER::equals).isPresent()) {
            toOffer.add(Duration.between(guest.began, now));
        }
        guest.engine.lease().ifPresent(lease -> {
            toLease.add(Duration.between(guest.began, now));
            leases.put(guest.chaddr, lease);
            sentAgain += guest.sent - 2;
            waiting.remove(guest.chaddr);
            served.put(guest.chaddr, guest);
        });
        return verdict;
    }

    /// `02:57:00:00:00:00` and on, the same in each run: "locally administered" (the bit 02), and a W.
    static HardwareAddress chaddr(int number) {
        return new HardwareAddress(
                HardwareAddress.ETHERNET, Bytes.of(0x02, 'W', number >>> 24, number >>> 16, number >>> 8, number));
    }
}
