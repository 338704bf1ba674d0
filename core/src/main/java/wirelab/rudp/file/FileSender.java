package wirelab.rudp.file;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

/// The server's side of one file, without connection and file: reads the request, and computes the check of what is
/// sent.
/// Confined to one thread.
public final class FileSender {
    private final CRC32C check = new CRC32C();
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
        check.update(octets.duplicate());
    }

    /// What to send behind the last of them.
    public Bytes end() {
        return FileReply.check(check);
    }
}
