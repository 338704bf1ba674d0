package wirelab.client.teach;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A student's own lab: another address, another name, other files. It follows from the student's id alone, so that a
/// teacher knows it too. Immutable.
///
/// @param student the id
/// @param label the id as a name in the DNS may have it; also what the client says hello to the proxy with
/// @param lease the address that the DHCP server has to give first
/// @param seed the sample files are made from this
/// @param files their names and sizes in octets
public record Variant(String student, String label, String lease, long seed, List<Sample> files) {
    /// A file of the HTTP server.
    public record Sample(String name, long octets) {}

    /// What an id may be.
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,31}");

    private static final long MEBIBYTE = 1 << 20;
    private static final int FIRST_LEASE = 51;
    private static final int LEASES = 150;

    public Variant {
        files = List.copyOf(files);
    }

    /// A student's.
    ///
    /// @throws IllegalArgumentException if it is no id
    public static Variant of(String student) {
        if (!ID.matcher(student).matches()) {
            throw new IllegalArgumentException("'" + student
                    + "' is no student's id: up to 32 letters, digits and . _ @ - that begin with a letter or a digit");
        }
        var known = student.toLowerCase(Locale.ROOT);
        var draw = ByteBuffer.wrap(sha256(known));
        int host = FIRST_LEASE + below(draw, LEASES);
        long seed = below(draw, 1_000_000_000);
        var files = List.of(
                archive(10 + below(draw, 20)),
                archive(40 + below(draw, 20)),
                archive(80 + below(draw, 40)),
                new Sample("image-site.png", 1_400_000L + below(draw, 100_000)),
                new Sample("task2.pdf", 32_000L + below(draw, 20_000)));
        var label = known.replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        return new Variant(student, label, "10.20.30." + host, seed, files);
    }

    /// A name that promises megabytes, and holds mebibytes, as files on the net do.
    private static Sample archive(int mebibytes) {
        return new Sample(mebibytes + "MB.zip", mebibytes * MEBIBYTE);
    }

    private static int below(ByteBuffer draw, int bound) {
        return (int) (Integer.toUnsignedLong(draw.getInt()) % bound);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// The proxy's name.
    public String name() {
        return label + ".example";
    }

    /// What the DHCP server leases, from the first address on.
    public String pool() {
        return lease + "-10.20.30.254";
    }

    /// All of it by name, as `scripts/lab` and grading specs have it.
    public Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("student", student);
        facts.put("lease", lease);
        facts.put("pool", pool());
        facts.put("name", name());
        facts.put("user", label);
        facts.put("seed", Long.toString(seed));
        facts.put(
                "files",
                files.stream().map(file -> file.name() + "=" + file.octets()).collect(Collectors.joining(" ")));
        for (int i = 0; i < files.size(); i++) {
            facts.put("file" + (i + 1), files.get(i).name());
            facts.put("size" + (i + 1), Long.toString(files.get(i).octets()));
        }
        return facts;
    }
}
