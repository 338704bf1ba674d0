package wirelab.client;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import wirelab.client.output.Json;
import wirelab.client.output.Quantity;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.LeaseLoad;
import wirelab.daemon.ExitCode;

/// What `client dhcp --clients N` says at its end.
final class LoadReport {
    private LoadReport() {}

    /// Says it, and whether all is well: every client has an address, and no two have the same.
    static ExitCode of(LeaseLoad.Outcome outcome, Screen screen, Report report) {
        int leases = outcome.leases().size();
        int addresses = outcome.addresses();
        double rate = leases / Math.max(outcome.time().toNanos() / 1e9, 1e-9);
        report.add("leases", Json.of(leases));
        report.add("addresses", Json.of(addresses));
        report.add("failed", Json.of(outcome.failed()));
        report.add("sentAgain", Json.of(outcome.sentAgain()));
        report.add("milliseconds", Json.millis(outcome.time()));
        report.add("leasesPerSecond", Json.of(Math.round(rate)));
        report.add("millisecondsToOffer", json(outcome.toOffer()));
        report.add("millisecondsToLease", json(outcome.toLease()));
        screen.line("%s leases in %s ms, %s a second; %s failed, %s messages sent again"
                .formatted(
                        Quantity.count(leases),
                        Quantity.millis(outcome.time()),
                        String.format(Locale.ROOT, "%,.0f", rate),
                        Quantity.count(outcome.failed()),
                        Quantity.count(outcome.sentAgain())));
        if (leases > 0) {
            screen.line("DISCOVER to OFFER  p50 %s ms, p99 %s ms"
                    .formatted(percentile(outcome.toOffer(), 50), percentile(outcome.toOffer(), 99)));
            screen.line("DISCOVER to ACK    p50 %s ms, p99 %s ms"
                    .formatted(percentile(outcome.toLease(), 50), percentile(outcome.toLease(), 99)));
        }
        if (addresses < leases) {
            screen.warn((leases - addresses) + " addresses were let to two clients: the server is at fault");
        }
        return outcome.failed() == 0 && addresses == leases ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static Json json(List<Duration> sorted) {
        return sorted.isEmpty()
                ? new Json.Nothing()
                : Json.object()
                        .with("p50", new Json.Numeral(percentile(sorted, 50)))
                        .with("p99", new Json.Numeral(percentile(sorted, 99)));
    }

    /// The nearest rank: that many in a hundred are not above it.
    private static String percentile(List<Duration> sorted, int percent) {
        return Quantity.millis(sorted.get((sorted.size() * percent + 99) / 100 - 1));
    }
}
