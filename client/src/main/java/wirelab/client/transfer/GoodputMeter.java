package wirelab.client.transfer;

import java.time.InstantSource;
import wirelab.client.output.Progress;
import wirelab.rudp.transport.Nanos;

/// Writes down when octets of a file arrive, on the way to whoever shows the progress. Confined to one thread.
public final class GoodputMeter implements Progress {
    private final Progress shown;
    private final TransferLog log;
    private final InstantSource clock;
    private long octets;

    public GoodputMeter(Progress shown, TransferLog log, InstantSource clock) {
        this.shown = shown;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void begin(String name, long total) {
        shown.begin(name, total);
    }

    @Override
    public void advance(long now) {
        if (now > octets) {
            log.delivered(Nanos.of(clock.instant()), now - octets);
        }
        octets = now;
        shown.advance(now);
    }

    @Override
    public void end() {
        shown.end();
    }
}
