package wirelab.rudp.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import wirelab.rudp.file.FileReply.Found;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// The client's side of one file, without the connection: takes a stream's octets apart, and checks them. Confined to
/// one thread.
public final class FileReceiver {
    /// What has happened.
    public sealed interface Step {
        /// All octets are taken, and the reply goes on.
        record NeedMore() implements Step {}

        /// The reply's first line; octets follow a [Found].
        record Head(FileReply reply) implements Step {}

        /// Octets of the file: a view of the buffer that was handed in, good until that changes.
        record Body(ByteBuffer octets) implements Step {}

        /// The reply is whole, and the check is right; or it was a refusal.
        record Complete() implements Step {}

        /// The reply is whole, and the check is wrong.
        record Corrupt() implements Step {}

        /// The stream ended before the reply did.
        record Truncated() implements Step {}

        /// What came is no reply.
        record Malformed(String why) implements Step {}
    }

    private enum State {
        HEAD,
        BODY,
        CHECK,
        END
    }

    private final CRC32C check = new CRC32C();
    private WireWriter held = new WireWriter(256);
    private State state = State.HEAD;
    private long missing;

    /// Octets came. Call again, with what is left in `in`, until the step is NeedMore or a last one.
    public Step handle(ByteBuffer in) {
        return switch (state) {
            case HEAD -> head(in);
            case BODY -> body(in);
            case CHECK -> check(in);
            case END -> in.hasRemaining() ? new Step.Malformed("octets after the end") : new Step.NeedMore();
        };
    }

    /// The stream has ended, and all that came before is handled.
    public Step ended() {
        return state == State.END ? new Step.Complete() : new Step.Truncated();
    }

    private Step head(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (octet == '\n') {
                return begin();
            }
            if (held.position() == FileReply.LONGEST) {
                return new Step.Malformed("a first line of more than " + FileReply.LONGEST + " octets");
            }
            held.u8(octet & 0xff);
        }
        return new Step.NeedMore();
    }

    private Step begin() {
        try {
            var reply = FileReply.decode(held.toBytes());
            held = new WireWriter(FileReply.CHECK);
            switch (reply) {
                case Found found -> {
                    missing = found.size() - found.offset();
                    state = missing > 0 ? State.BODY : State.CHECK;
                }
                case Refused _ -> state = State.END;
            }
            return new Step.Head(reply);
        } catch (MalformedException e) {
            return new Step.Malformed(e.why());
        }
    }

    private Step body(ByteBuffer in) {
        if (!in.hasRemaining()) {
            return new Step.NeedMore();
        }
        int size = (int) Math.min(missing, in.remaining());
        var octets = in.slice(in.position(), size);
        check.update(octets.duplicate());
        in.position(in.position() + size);
        missing -= size;
        if (missing == 0) {
            state = State.CHECK;
        }
        return new Step.Body(octets);
    }

    private Step check(ByteBuffer in) {
        while (in.hasRemaining() && held.position() < FileReply.CHECK) {
            held.u8(in.get() & 0xff);
        }
        if (held.position() < FileReply.CHECK) {
            return new Step.NeedMore();
        }
        state = State.END;
        return held.toBytes().equals(FileReply.check(check)) ? new Step.Complete() : new Step.Corrupt();
    }
}
