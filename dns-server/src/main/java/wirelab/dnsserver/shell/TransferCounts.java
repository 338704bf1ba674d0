package wirelab.dnsserver.shell;

import wirelab.daemon.Metrics;

/// How often zones came, and news of them went out. Safe for many threads.
final class TransferCounts {
    private final Metrics.Counter axfr;
    private final Metrics.Counter ixfr;
    private final Metrics.Counter failures;
    private final Metrics.Counter told;
    private final Metrics.Counter untold;

    TransferCounts(Metrics metrics) {
        var help = "Looks at a primary that brought a zone (AXFR), its changes (IXFR), or nothing (failed).";
        axfr = metrics.counter("wirelab_dns_transfers_in", help, "kind", "AXFR");
        ixfr = metrics.counter("wirelab_dns_transfers_in", help, "kind", "IXFR");
        failures = metrics.counter("wirelab_dns_transfers_in", help, "kind", "failed");
        var notifyHelp = "NOTIFY messages, and answers to them.";
        told = metrics.counter("wirelab_dns_notify", notifyHelp, "what", "answered");
        untold = metrics.counter("wirelab_dns_notify", notifyHelp, "what", "sent");
    }

    void received(boolean incremental) {
        (incremental ? ixfr : axfr).increment();
    }

    void failed() {
        failures.increment();
    }

    void notifySent() {
        untold.increment();
    }

    void notifyAnswered() {
        told.increment();
    }
}
