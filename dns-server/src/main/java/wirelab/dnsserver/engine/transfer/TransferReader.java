package wirelab.dnsserver.engine.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.zone.Difference;
import wirelab.dnsserver.engine.zone.Zone;

/// Reads a transfer, message by message, and knows when it is complete. Confined to one thread.
///
/// ```
/// whole zone:  SOA record* SOA
/// changes:     SOA (SOA-from record* SOA-to record*)* SOA
/// no news:     SOA
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc5936#section-2.2 RFC 5936
/// @spec https://www.rfc-editor.org/rfc/rfc1995#section-4 RFC 1995
public final class TransferReader {
    /// Why a transfer cannot be used.
    public static final class TransferException extends Exception {
        private static final long serialVersionUID = 1;

        public TransferException(String why) {
            super(why);
        }
    }

    private enum State {
        FIRST,
        SECOND,
        WHOLE,
        REMOVED,
        ADDED,
        DONE
    }

    private final DnsName origin;
    private final OptionalLong ours;
    private final List<ResourceRecord> whole = new ArrayList<>();
    private final List<Difference> changes = new ArrayList<>();
    private final List<ResourceRecord> removed = new ArrayList<>();
    private final List<ResourceRecord> added = new ArrayList<>();
    private Optional<ResourceRecord> soa = Optional.empty();
    private Optional<ResourceRecord> from = Optional.empty();
    private Optional<ResourceRecord> to = Optional.empty();
    private State state = State.FIRST;
    private long records;

    /// @param ours the version to which changes were asked for; empty if the whole zone was
    public TransferReader(DnsName origin, OptionalLong ours) {
        this.origin = origin;
        this.ours = ours;
    }

    /// Reads the next message, whose id and signature are right.
    ///
    /// @return whether that was the last one
    public boolean add(DnsMessage message) throws TransferException {
        if (!message.rcode().equals(Rcode.NOERROR)) {
            throw new TransferException("the primary says " + message.rcode());
        }
        if (message.answers().isEmpty()) {
            throw new TransferException("a message without records");
        }
        for (var record : message.answers()) {
            add(record);
        }
        // Alone, it says that there is nothing newer (RFC 1995 section 4).
        if (state == State.SECOND && ours.isPresent() && !Difference.isLater(serial(), ours.getAsLong())) {
            state = State.DONE;
        }
        return state == State.DONE;
    }

    private void add(ResourceRecord record) throws TransferException {
        records++;
        if (!record.name().isWithin(origin)) {
            throw new TransferException(record.name() + " is outside of the zone " + origin);
        }
        boolean isSoa = record.data() instanceof Rdata.Soa && record.name().equals(origin);
        switch (state) {
            case FIRST -> {
                if (!isSoa) {
                    throw new TransferException("begins with " + record.type() + " instead of SOA");
                }
                soa = Optional.of(record);
                state = State.SECOND;
            }
            case SECOND -> second(record, isSoa);
            case WHOLE -> {
                if (isSoa) {
                    state = State.DONE;
                } else {
                    whole.add(record);
                }
            }
            case REMOVED -> {
                if (isSoa) {
                    to = Optional.of(record);
                    state = State.ADDED;
                } else {
                    removed.add(record);
                }
            }
            case ADDED -> {
                if (isSoa) {
                    closeChange();
                    from = Optional.of(record);
                    boolean last = to.map(Difference::serial).equals(soa.map(Difference::serial));
                    state = last ? State.DONE : State.REMOVED;
                } else {
                    added.add(record);
                }
            }
            case DONE -> throw new TransferException("goes on after its last SOA");
        }
    }

    private void second(ResourceRecord record, boolean isSoa) throws TransferException {
        if (isSoa && ours.isPresent() && Difference.serial(record) == ours.getAsLong()) {
            from = Optional.of(record);
            state = State.REMOVED;
        } else if (isSoa) {
            throw new TransferException("has no records between its SOAs");
        } else {
            whole.add(record);
            state = State.WHOLE;
        }
    }

    private void closeChange() {
        changes.add(new Difference(from.orElseThrow(), to.orElseThrow(), removed, added));
        removed.clear();
        added.clear();
    }

    private long serial() {
        return Difference.serial(soa.orElseThrow());
    }

    public long records() {
        return records;
    }

    /// Whether more came than the SOA that is known already.
    public boolean hasNews() {
        return !whole.isEmpty() || !changes.isEmpty();
    }

    /// Whether changes came, and not the whole zone.
    public boolean isIncremental() {
        return !changes.isEmpty();
    }

    /// The changes, if it was changes that came.
    public List<Difference> changes() {
        return List.copyOf(changes);
    }

    /// The zone as it is now, once the last message was read.
    ///
    /// @param old the version that the changes begin at
    public Zone zone(Optional<Zone> old) throws TransferException {
        try {
            if (whole.isEmpty()) {
                return Difference.applied(old.orElseThrow(), changes);
            }
            whole.add(soa.orElseThrow());
            return Zone.of(origin, whole);
        } catch (IllegalArgumentException e) {
            throw new TransferException(String.valueOf(e.getMessage()));
        }
    }
}
