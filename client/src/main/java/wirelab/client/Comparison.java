package wirelab.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import wirelab.client.output.Screen;
import wirelab.client.path.ImpairedPath;
import wirelab.client.shell.Context;
import wirelab.client.shell.Digests;
import wirelab.client.shell.TimeUpException;
import wirelab.client.transfer.ComparisonChart.Run;
import wirelab.client.transfer.TransferLog;
import wirelab.daemon.ExitException;
import wirelab.rudp.transport.Nanos;
import wirelab.sim.impair.DeedCounts;
import wirelab.sim.impair.Impairer;
import wirelab.sim.impair.ImpairmentPlan;
import wirelab.sim.impair.IpPackets;
import wirelab.wire.Bytes;

/// Fetches a file, time and again, by one way and another, and keeps none. Confined to one thread.
///
/// @param directory for the file while it comes
/// @param plan what the path does to packets, if it is to be a bad one
/// @param limit how long a transfer may take, if there is a limit
record Comparison(
        String file,
        EndsOptions ends,
        Optional<Bind> bind,
        Path directory,
        Optional<ImpairmentPlan> plan,
        Optional<Duration> limit,
        Screen screen,
        Context context) {
    /// One transfer.
    ///
    /// @param sha256 of the file, where it came whole
    /// @param path what the path did, where there was one of ours
    /// @param overruns packets that were lost because this machine was too slow to be the path
    record Try(Run run, Optional<Bytes> sha256, Optional<DeedCounts> path, long overruns) {
        private Try over(DeedCounts counts, long lost) {
            return new Try(run, sha256, Optional.of(counts), lost);
        }
    }

    /// All transfers by one way. Immutable.
    record Result(ComparedWay way, List<Try> tries) {
        Result {
            tries = List.copyOf(tries);
        }

        /// The one in the middle, by rate; of an even number the slower one.
        Try median() {
            return tries.stream()
                    .sorted(Comparator.comparingDouble(one -> one.run().bitsPerSecond()))
                    .skip((tries.size() - 1) / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Fetches the file once.
    ///
    /// @param number of the try: each has other random numbers, and all ways have the same
    Try fetch(ComparedWay way, int number) throws IOException, ExitException {
        if (plan.isEmpty()) {
            return transfer(way, ends, bind);
        }
        var impairer = new Impairer<>(plan.get().withSeedsRaised(number), new IpPackets(), context.trace()::impaired);
        var tcp = address(ends.http);
        var udp = address(ends.proxy);
        try (var path = ImpairedPath.lay(context, impairer, tcp, udp, way.control())) {
            var beyond = new EndsOptions();
            beyond.http = new InetSocketAddress(path.far(), ends.http.getPort());
            beyond.proxy = new InetSocketAddress(path.far(), ends.proxy.getPort());
            var one = transfer(way, beyond, Optional.of(new Bind(path.near(), OptionalInt.empty())));
            return one.over(impairer.counts(), path.overruns());
        }
    }

    /// The suite's options take no other addresses.
    private static Inet4Address address(InetSocketAddress server) {
        return (Inet4Address) server.getAddress();
    }

    private Try transfer(ComparedWay way, EndsOptions to, Optional<Bind> from) throws IOException, ExitException {
        // The limit is for the transfer; how long a proxy may take to answer at first is another matter.
        var bounded = limit.map(context::within).orElse(context);
        var log = new TransferLog(Nanos.of(bounded.now()));
        var source = way.source(to, from, context, log);
        try {
            var fetched = source.fetch(bounded, file, directory, screen.progress(context.clock()));
            var digest = sha256(fetched.place());
            Files.deleteIfExists(fetched.place());
            var run = new Run(way.name(), fetched.octets(), fetched.time(), true, log);
            return new Try(run, Optional.of(digest), Optional.empty(), 0);
        } catch (TimeUpException _) {
            log.brokenOff(Nanos.of(context.now()));
            var run = new Run(way.name(), log.octets(), limit.orElseThrow(), false, log);
            return new Try(run, Optional.empty(), Optional.empty(), 0);
        }
    }

    private static Bytes sha256(Path fetched) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(fetched), Digests.sha256())) {
            var _ = in.transferTo(OutputStream.nullOutputStream());
            return Bytes.copyOf(in.getMessageDigest().digest());
        }
    }
}
