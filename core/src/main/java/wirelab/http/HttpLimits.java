package wirelab.http;

/// How much of a message we are willing to hold. Immutable.
///
/// @param method octets of a method; a longer one is 501
/// @param target octets of a request target; a longer one is 414
/// @param head octets of all field lines together; more are 431
/// @param fields how many field lines; more are 431
public record HttpLimits(int method, int target, int head, int fields) {
    /// RFC 9112 section 3 asks for room for a request line of 8000 octets at least.
    public static final HttpLimits STANDARD = new HttpLimits(32, 8192, 16384, 100);

    public HttpLimits {
        if (method < 1 || target < 1 || head < 1 || fields < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }
}
