package wirelab.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/// Puts lines together from octets that come in pieces of any size. Confined to one thread.
///
/// A line ends with CRLF, and with nothing less: RFC 9112 section 2.2 lets a recipient take a lone LF too, and where
/// one
/// program does and the next does not, a request can be smuggled past the first. A lone CR and the other control
/// characters are refused as soon as they come.
final class LineReader {
    private byte[] octets = new byte[128];
    private int size;
    private boolean carriageReturn;

    /// Takes octets off `in` until a line is complete.
    ///
    /// @param max octets that the line may have without its CRLF
    /// @param tooLong thrown when it has more
    /// @return whether it is; [#size] and the readers below tell of it until the next call
    boolean next(ByteBuffer in, int max, Supplier<MalformedHttpException> tooLong) throws MalformedHttpException {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\n') {
                if (!carriageReturn) {
                    throw MalformedHttpException.badRequest("a line that ends with LF alone, without CR before it");
                }
                carriageReturn = false;
                return true;
            }
            if (carriageReturn) {
                throw MalformedHttpException.badRequest("a CR that no LF follows");
            }
            if (b == '\r') {
                carriageReturn = true;
            } else if ((b >= 0 && b < 0x20 && b != '\t') || b == 0x7f) {
                throw MalformedHttpException.badRequest("a control character, octet 0x" + Integer.toHexString(b));
            } else if (size == max) {
                throw tooLong.get();
            } else {
                append(b);
            }
        }
        return false;
    }

    /// Forgets the line that was read, and begins a new one.
    void reset() {
        size = 0;
    }

    int size() {
        return size;
    }

    int at(int index) {
        return octets[index] & 0xff;
    }

    /// The first place of `wanted` at or after `from`, or -1.
    int indexOf(int wanted, int from) {
        for (int i = from; i < size; i++) {
            if (octets[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private void append(byte b) {
        if (size == octets.length) {
            octets = Arrays.copyOf(octets, size * 2);
        }
        octets[size++] = b;
    }
}
