package wirelab.dnsserver.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Holds back answers that are alike and go to one network, as they do when somebody forges the address of a victim.
/// Confined to one thread.
///
/// Each network of 256 addresses has an account for each name that it is told of, one for names that are not there,
/// and one for each error. An account fills by `perSecond` answers a second, up to a second's. When it is empty, every
/// other answer is cut short (TC), so that an honest client asks again over TCP, and the rest are not sent.
///
/// Accounts lie in a table of fixed size; two that meet there share one place in turns, in favour of the client.
public final class RateLimit {
    /// What becomes of an answer.
    public enum Verdict {
        SEND,
        TRUNCATE,
        DROP
    }

    private static final int ACCOUNTS = 1 << 14;
    private static final long SECOND = 1_000_000_000L;
    private static final int HEADER_OCTETS = 12;

    private final long[] keys = new long[ACCOUNTS];
    private final long[] paidUntil = new long[ACCOUNTS];
    private final boolean[] cut = new boolean[ACCOUNTS];
    private final long interval;

    /// @param perSecond 1 to 1,000,000
    public RateLimit(int perSecond) {
        interval = SECOND / perSecond;
        Arrays.fill(paidUntil, Long.MIN_VALUE);
    }

    /// Decides about one answer over UDP.
    ///
    /// @param address where it goes, as a number
    /// @param reply what remains of it
    /// @param nanos a clock that only goes on
    public Verdict verdict(int address, ByteBuffer reply, long nanos) {
        long key = (long) (address >>> 8) << 32 | Integer.toUnsignedLong(subject(reply));
        int place = (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 50);
        long full = nanos - SECOND;
        if (keys[place] != key || paidUntil[place] < full) {
            keys[place] = key;
            paidUntil[place] = full;
        }
        if (paidUntil[place] + interval <= nanos) {
            paidUntil[place] += interval;
            return Verdict.SEND;
        }
        cut[place] = !cut[place];
        return cut[place] ? Verdict.TRUNCATE : Verdict.DROP;
    }

    // The rcode; and the question where there is an answer to it.
    private static int subject(ByteBuffer reply) {
        int start = reply.position();
        int rcode = reply.get(start + 3) & 15;
        if (rcode != 0 || reply.getShort(start + 6) == 0) {
            return rcode;
        }
        int hash = 1;
        for (int at = start + HEADER_OCTETS; reply.get(at) != 0; at++) {
            hash = 31 * hash + (reply.get(at) | 0x20); // in any case
        }
        return hash | 16;
    }
}
