package wirelab.rudp.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import wirelab.wire.Bytes;

/// Writes the parts of frames that are more than numbers.
final class FrameWriter {
    private FrameWriter() {}

    static void parameters(ByteBuffer to, Parameters parameters) {
        Varint.write(to, parameters.maxDatagram());
        Varint.write(to, parameters.maxData());
        Varint.write(to, parameters.maxStreamData());
        Varint.write(to, parameters.maxStreams());
        Varint.write(to, parameters.idleMillis());
    }

    /// How many, and then they.
    static void octets(ByteBuffer to, Bytes octets) {
        Varint.write(to, octets.size());
        to.put(octets.toBuffer());
    }

    /// A reason for a close, cut so that it fits.
    static byte[] reason(String reason) {
        var octets = reason.getBytes(StandardCharsets.UTF_8);
        return octets.length <= Frame.LONGEST_REASON ? octets : Arrays.copyOf(octets, Frame.LONGEST_REASON);
    }
}
