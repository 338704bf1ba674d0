package wirelab.rudp.congestion;

/// One reaction to loss, however many packets it took: losses of packets sent before the reaction belong to it.
/// Confined to one thread.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-7.3 RFC 9002: Recovery
final class LossEpoch {
    private long began = Long.MIN_VALUE;
    private long lost;

    /// Whether the sample has a loss that is not of this epoch; if so, a new one begins.
    boolean begins(AckSample sample) {
        if (sample.lost() == 0) {
            return false;
        }
        if (sample.newestLossSentAt() <= began) {
            lost += sample.lost();
            return false;
        }
        began = sample.now();
        lost = sample.lost();
        return true;
    }

    /// Whether what is acknowledged now tells of the time before the reaction.
    boolean isRecovering(AckSample sample) {
        return began != Long.MIN_VALUE && sample.now() - sample.rtt() < began;
    }

    /// A loss of this epoch was none.
    ///
    /// @return whether none is left, so that there was no reason to react
    boolean isUndone(int octets, long sentAt) {
        if (began == Long.MIN_VALUE || sentAt > began || lost == 0) {
            return false;
        }
        lost = Math.max(0, lost - octets);
        return lost == 0;
    }
}
