package wirelab.client.shell;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import wirelab.daemon.MonotonicClock;

/// What a step needs from the world, for tests.
final class Contexts {
    private Contexts() {}

    static Context waiting(Duration timeout) {
        return new Context(
                new MonotonicClock(),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                Trace.off(),
                timeout);
    }

    /// One whose trace is kept.
    static Context tracing(StringWriter trace) {
        var clock = new MonotonicClock();
        return new Context(
                clock,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                Trace.to(new PrintWriter(trace, true), clock),
                Duration.ofSeconds(20));
    }
}
