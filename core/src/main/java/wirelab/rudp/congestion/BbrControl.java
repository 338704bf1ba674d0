package wirelab.rudp.congestion;

/// A model of the path: the highest rate at which it took packets lately, and the shortest round trip. Confined to one
/// thread.
///
/// After BBR, with one thing of its own: the rate is that at which the path *took* packets, those included that it lost
/// by chance; so 20 % loss costs 20 %, and does not make the rate run down, sample by sample.
///
/// @spec https://datatracker.ietf.org/doc/html/draft-cardwell-iccrg-bbr-congestion-control BBR Congestion Control
final class BbrControl implements CongestionControl {
    private enum State {
        STARTUP,
        DRAIN,
        PROBE_UP,
        PROBE_DOWN,
        CRUISE,
        PROBE_RTT
    }

    private static final long SECOND = 1_000_000_000;
    /// 2 / ln 2: the least gain that doubles the rate each round.
    private static final double STARTUP_GAIN = 2.885;
    private static final double WINDOW_GAIN = 2;
    private static final double UP = 1.25;
    private static final double DOWN = 0.75;
    private static final int RATE_ROUNDS = 10;
    /// Beside others of this kind a flow leaves some of the path to them, and the more it has, the longer it waits
    /// until
    /// it probes again: so the small grow and the large shrink.
    private static final double SHARED = 0.88;

    private static final int PACKETS_A_CRUISE = 64;
    private static final int MOST_CRUISES = 12;
    private static final long OVERFLOW_AGE = SECOND;
    private static final int FULL_ROUNDS = 3;
    private static final double FULL_GROWTH = 1.25;
    /// A round trip that is longer by an eighth, within these bounds, is long; so many in a row are a queue (as
    /// RFC 9406 finds the end of slow start).
    private static final long LEAST_QUEUE = 4_000_000;

    private static final long MOST_QUEUE = 16_000_000;
    private static final int LONG_RTTS = 8;
    /// How long little is under way at the least when the round trip is looked at: others must see it too.
    private static final long LOOK = 20_000_000;

    private static final int INITIAL_PACKETS = 32;
    private static final int LEAST_PACKETS = 8;

    private int datagram;
    private final WindowedMax rate = new WindowedMax(RATE_ROUNDS);
    private final LeastRtt leastRtt = new LeastRtt();
    private final LossEstimate loss = new LossEstimate();
    private final Others others;
    private State state = State.STARTUP;
    private long stateSince;
    private long window;
    private long pacingRate = Long.MAX_VALUE;

    private long rounds;
    private long roundEnd;
    private int longRtts;
    private long fullRate;
    private int fullRounds;
    private boolean full;
    private int cruiseRounds;
    private long probedRate;
    private long rateBeforeProbe;
    private long emptySince = Long.MAX_VALUE;

    BbrControl(int datagram) {
        this.datagram = datagram;
        this.others = new Others(datagram, rate, leastRtt, loss);
        this.window = (long) INITIAL_PACKETS * datagram;
    }

    @Override
    public void datagram(int octets) {
        datagram = octets;
        others.datagram(octets);
        window = Math.max(window, (long) LEAST_PACKETS * octets);
    }

    @Override
    public void sent(long now, int octets, long inFlight) {}

    @Override
    public void spurious(int octets, long sentAt) {}

    @Override
    public void update(AckSample sample) {
        if (sample.rtt() == 0) {
            return;
        }
        boolean newRound = sample.acked() > 0 && sample.deliveredThen() >= roundEnd;
        boolean old = leastRtt.isOld(sample.now());
        leastRtt.learn(sample, state == State.PROBE_RTT, newRound);
        boolean calm = loss.add(sample, leastRtt.nanos());
        if (newRound) {
            roundEnd = sample.delivered();
            rounds++;
        }
        learnRate(sample, calm);
        checkFull(sample, newRound);
        if (!calm) {
            others.add(sample);
        }
        boolean overflow = newRound && full && state != State.DRAIN && others.round(sample, rounds, windowTarget());
        move(sample, newRound, overflow);
        boolean look = old || (!others.areThere() && leastRtt.isLookedFor(sample));
        if (look && full && state != State.PROBE_RTT) {
            enter(State.PROBE_RTT, sample.now());
        }
        setRate();
        setWindow(sample);
    }

    private void learnRate(AckSample sample, boolean calm) {
        if (sample.interval() == 0) {
            return;
        }
        double share = Math.min(0.7, calm ? 1.05 * loss.share() + 0.002 : loss.share());
        double byChance = sample.intervalDelivered() * share / (1 - share);
        double taken =
                sample.intervalDelivered() + (calm ? Math.min((double) sample.intervalLost(), byChance) : byChance);
        long measured = (long) (taken * SECOND / sample.interval());
        if (!sample.appLimited() || measured >= rate.best()) {
            rate.add(measured, rounds);
        }
    }

    /// The pipe is full when the rate does not grow any more, or when round trips have grown: then a queue has.
    private void checkFull(AckSample sample, boolean newRound) {
        if (full) {
            return;
        }
        long queue = Math.clamp(leastRtt.nanos() / 8, LEAST_QUEUE, MOST_QUEUE);
        longRtts = sample.rtt() > leastRtt.nanos() + queue ? longRtts + 1 : 0;
        if (longRtts >= LONG_RTTS) {
            full = true;
        }
        if (!newRound || sample.appLimited()) {
            return;
        }
        if (rate.best() >= fullRate * FULL_GROWTH) {
            fullRate = rate.best();
            fullRounds = 0;
            return;
        }
        fullRounds++;
        full |= fullRounds >= FULL_ROUNDS;
    }

    private void move(AckSample sample, boolean newRound, boolean overflow) {
        long now = sample.now();
        long product = product();
        long roundTrip = leastRtt.nanos();
        boolean roundTripOver = now - stateSince > roundTrip;
        switch (state) {
            case STARTUP -> {
                if (full) {
                    enter(State.DRAIN, now);
                }
            }
            case DRAIN -> {
                if (sample.inFlight() <= product) {
                    others.begin(now);
                    enter(State.CRUISE, now);
                }
            }
            case PROBE_UP -> {
                if (overflow) {
                    enter(State.PROBE_DOWN, now);
                } else if (rate.best() > probedRate + probedRate / 64) {
                    // The path takes more: go on as long as it does.
                    probedRate = rate.best();
                    stateSince = now;
                } else if (roundTripOver && (sample.inFlight() >= UP * product || now - stateSince > 2 * roundTrip)) {
                    enter(State.PROBE_DOWN, now);
                }
            }
            case PROBE_DOWN -> {
                if (sample.inFlight() <= product || now - stateSince > 3 * roundTrip) {
                    enter(State.CRUISE, now);
                }
            }
            case CRUISE -> {
                cruiseRounds -= newRound ? 1 : 0;
                // A ceiling that rises is a probe.
                if (cruiseRounds <= 0 && !others.areLossBased()) {
                    enter(State.PROBE_UP, now);
                }
            }
            case PROBE_RTT -> {
                // From when little is under way, it takes a round trip to see how short one is then.
                if (emptySince == Long.MAX_VALUE
                        && sample.inFlight() <= product / 2 + (long) LEAST_PACKETS * datagram) {
                    emptySince = now;
                } else if (emptySince != Long.MAX_VALUE && now - emptySince > Math.max(roundTrip, LOOK)) {
                    enter(State.CRUISE, now);
                }
            }
        }
    }

    private void enter(State next, long now) {
        if (next == State.PROBE_UP) {
            rateBeforeProbe = rate.best();
        } else if (state == State.PROBE_DOWN && rate.best() < rateBeforeProbe + rateBeforeProbe / 16) {
            others.nothingFound(now);
        }
        state = next;
        stateSince = now;
        emptySince = Long.MAX_VALUE;
        probedRate = rate.best();
        if (next == State.CRUISE) {
            // Flows that began together do not go on probing together; and where others fill the queue, each probe
            // makes it overflow, and must leave them time to recover.
            cruiseRounds = 4 + (int) (((rounds * 0x9E37_79B9L) >>> 8) & 3);
            cruiseRounds *= others.rest(now) > OVERFLOW_AGE ? 1 : patience();
        }
    }

    /// How many cruises to wait before the next probe.
    private int patience() {
        return Math.clamp(product() / datagram / PACKETS_A_CRUISE, 1, MOST_CRUISES);
    }

    private long product() {
        return leastRtt.nanos() == Long.MAX_VALUE ? 0 : (long) ((double) rate.best() * leastRtt.nanos() / SECOND);
    }

    private void setRate() {
        double gain = switch (state) {
            case STARTUP -> STARTUP_GAIN;
            case DRAIN -> 1 / STARTUP_GAIN;
            case PROBE_UP -> UP;
            case PROBE_DOWN -> DOWN;
            // Where the ceiling says how much, the pace must not say less.
            case CRUISE -> others.areLossBased() ? UP : others.areThere() ? SHARED : 1;
            case PROBE_RTT -> 1;
        };
        double wanted = gain * rate.best();
        if (!full) {
            // Until the pipe is full, a low sample is only a small one.
            double initial = STARTUP_GAIN * INITIAL_PACKETS * datagram * SECOND / leastRtt.nanos();
            wanted = Math.max(Math.max(wanted, initial), pacingRate == Long.MAX_VALUE ? 0.0 : (double) pacingRate);
        }
        pacingRate = Math.max(datagram, (long) wanted);
    }

    private long windowTarget() {
        return (long) (WINDOW_GAIN * product()) + 4L * LEAST_PACKETS * datagram;
    }

    private void setWindow(AckSample sample) {
        long target = windowTarget();
        if (full) {
            window = Math.min(window + sample.acked(), Math.min(target, others.ceiling()));
        } else if (window < target || rounds < 2) {
            window += sample.acked();
        }
        if (state == State.PROBE_RTT) {
            window = Math.min(window, product() / 2);
        }
        window = Math.max(window, (long) LEAST_PACKETS * datagram);
    }

    @Override
    public long window() {
        return window;
    }

    @Override
    public long pacingRate() {
        return pacingRate;
    }

    @Override
    public double baseLoss() {
        return loss.share();
    }

    @Override
    public String state() {
        return state.name();
    }
}
