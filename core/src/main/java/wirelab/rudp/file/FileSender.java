package wirelab.rudp.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// The server's side of one file, without connection and file: reads the request, and keeps the digest of what is sent.
/// Confined to one thread.
public final class FileSender {
    private final MessageDigest digest = Digests.sha256();
    private final WireWriter held = new WireWriter(256);

    /// Octets of the request came.
    ///
    /// @return the request, once it is whole
    /// @throws MalformedException if it is none; the stream is of no use then
    public Optional<FileRequest> handle(ByteBuffer in) throws MalformedException {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (octet == '\n') {
                return Optional.of(FileRequest.decode(held.toBytes()));
            }
            if (held.position() == FileRequest.LONGEST) {
                throw new MalformedException(
                        held.position(), "a request of more than " + FileRequest.LONGEST + " octets");
            }
            held.u8(octet & 0xff);
        }
        return Optional.empty();
    }

    /// These octets of the file are sent next; the buffer stays as it is.
    public void sending(ByteBuffer octets) {
        digest.update(octets.duplicate());
    }

    /// What to send behind the last of them.
    public Bytes end() {
        return Bytes.copyOf(digest.digest());
    }
}
