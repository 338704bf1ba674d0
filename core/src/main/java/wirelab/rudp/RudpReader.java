package wirelab.rudp;

import java.util.HexFormat;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Reads the words of a message front to back. Confined to one thread.
final class RudpReader {
    private static final int LONGEST_NUMBER = 10;

    private final Bytes octets;
    private int position;

    RudpReader(Bytes octets) {
        this.octets = octets;
    }

    boolean hasMore() {
        return position < octets.size();
    }

    boolean at(char c) {
        return hasMore() && octets.at(position) == c;
    }

    /// The capital letters up to a colon or the end.
    String type(int longest) throws MalformedException {
        int start = position;
        while (hasMore() && octets.at(position) >= 'A' && octets.at(position) <= 'Z') {
            position++;
        }
        if (position == start || position - start > longest || (hasMore() && !at(':'))) {
            throw malformed("expected a type of 1 to " + longest + " capital letters, then ':' or the end");
        }
        return octets.slice(start, position).toLatin1();
    }

    RudpReader skip(char c) throws MalformedException {
        if (!at(c)) {
            throw malformed("expected '" + c + "'");
        }
        position++;
        return this;
    }

    /// A number without leading zeros, so that each has one form.
    long id() throws MalformedException {
        int start = position;
        while (hasMore() && octets.at(position) >= '0' && octets.at(position) <= '9') {
            position++;
        }
        var digits = octets.slice(start, position).toLatin1();
        if (digits.isEmpty() || digits.length() > LONGEST_NUMBER || digits.startsWith("0")) {
            position = start;
            throw malformed(
                    "expected a number from 1, of at most " + LONGEST_NUMBER + " digits, without leading zeros");
        }
        return Long.parseLong(digits);
    }

    int number() throws MalformedException {
        int start = position;
        long number = id();
        if (number > Integer.MAX_VALUE) {
            position = start;
            throw malformed("a number too large");
        }
        return (int) number;
    }

    /// Eight hexadecimal digits, in small letters.
    int hex32() throws MalformedException {
        int end = Math.min(position + 8, octets.size());
        var digits = octets.slice(position, end).toLatin1();
        if (!digits.matches("[0-9a-f]{8}")) {
            throw malformed("expected eight hexadecimal digits");
        }
        position = end;
        return HexFormat.fromHexDigits(digits);
    }

    Bytes peekRest() {
        return octets.slice(position, octets.size());
    }

    Bytes rest() {
        var rest = peekRest();
        position = octets.size();
        return rest;
    }

    /// The message must be over here.
    <T> T end(T message) throws MalformedException {
        if (hasMore()) {
            throw malformed(octets.size() - position + " octets after the end");
        }
        return message;
    }

    MalformedException malformed(String why) {
        return new MalformedException(position, why);
    }
}
