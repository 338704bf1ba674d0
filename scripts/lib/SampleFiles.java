import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes the lab's sample files: three zip archives, a PNG picture and a PDF document that open, each of exactly
/// the size that it must have.
///
///     java SampleFiles.java DIRECTORY SEED [NAME=OCTETS ...]
///
/// Without names it makes the lab's own five.
///
/// The same seed gives the same bytes on every machine: numbers come from the generator below, nothing is compressed
/// (deflate's output depends on the zlib at hand), no clock, locale or time zone is asked. Prints a line a file,
/// `SHA256  SIZE  NAME`. A file appears under its name only when it is complete.
public final class SampleFiles {
    private static final int MEBIBYTE = 1 << 20;
    private static final List<String> LAB = List.of(
            "500MB.zip=" + 500 * MEBIBYTE,
            "100MB.zip=" + 100 * MEBIBYTE,
            "50MB.zip=" + 50 * MEBIBYTE,
            "image-site.png=1360583",
            "task2.pdf=32301");

    private SampleFiles() {}

    /// Something that writes one sample file.
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// What has been made.
    private record Made(String name, long size, String sha256) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            System.err.println("usage: java SampleFiles.java DIRECTORY SEED [NAME=OCTETS ...]");
            System.exit(2);
        }
        var directory = Files.createDirectories(Path.of(args[0]));
        var seed = Long.parseLong(args[1]);
        var files = new TreeMap<String, Content>();
        var wanted = args.length > 2 ? List.of(args).subList(2, args.length) : LAB;
        for (var word : wanted) {
            var name = word.substring(0, word.indexOf('='));
            files.put(name, content(name, Integer.parseInt(word.substring(name.length() + 1)), seed));
        }
        for (var made : makeAll(directory, files)) {
            System.out.println(made.sha256 + "  " + made.size + "  " + made.name);
        }
    }

    private static Content content(String name, int size, long seed) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "zip" -> new Zip(size, seed);
            case "png" -> new Png(size, seed);
            case "pdf" -> new Pdf(size, seed);
            default -> throw new IllegalArgumentException(name + ": zip, png and pdf can be made");
        };
    }

    private static List<Made> makeAll(Path directory, Map<String, Content> files)
            throws IOException, InterruptedException {
        var jobs = new ArrayList<Callable<Made>>();
        files.forEach((name, content) -> jobs.add(() -> make(directory, name, content)));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var made = new ArrayList<Made>();
            for (var done : threads.invokeAll(jobs)) {
                made.add(done.get());
            }
            return made;
        } catch (ExecutionException e) {
            throw new IOException("cannot make a sample file: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static Made make(Path directory, String name, Content content) throws IOException {
        var unfinished = directory.resolve("." + name + ".part");
        var sha256 = sha256();
        try (var out = new DigestOutputStream(Files.newOutputStream(unfinished), sha256)) {
            content.writeTo(out);
        }
        var file = directory.resolve(name);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Made(name, Files.size(file), HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// SplitMix64: its numbers are the same everywhere and for ever, and it keeps up with a disk.
    private static final class Numbers {
        private long state;

        Numbers(long seed, String purpose) {
            state = seed * 0x9E3779B97F4A7C15L + purpose.hashCode();
        }

        long next() {
            state += 0x9E3779B97F4A7C15L;
            var z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        int below(int bound) {
            return (int) Long.remainderUnsigned(next(), bound);
        }

        void fill(byte[] bytes) {
            var longs = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
            for (var i = 0; i < longs.capacity(); i++) {
                longs.put(i, next());
            }
        }
    }

    /// An archive of stored (not compressed) parts of 10 MiB, the last one as long as the size leaves room for.
    private record Zip(int size, long seed) implements Content {
        private static final int PART = 10 * MEBIBYTE;
        private static final int NAME = "part-00.bin".length();
        /// A local header and a central directory entry, each with the name (APPNOTE.TXT 4.3.7 and 4.3.12).
        private static final int OVERHEAD_A_PART = 30 + 46 + 2 * NAME;
        private static final int END_RECORD = 22;
        private static final byte[] BLOCK = new byte[MEBIBYTE / 8];

        @Override
        public void writeTo(OutputStream out) throws IOException {
            var zip = new ZipOutputStream(out);
            zip.setMethod(ZipOutputStream.STORED);
            var room = size - END_RECORD;
            for (var part = 0; room > 0; part++) {
                var length = Math.min(PART, room - OVERHEAD_A_PART);
                if (room - OVERHEAD_A_PART - length <= OVERHEAD_A_PART) {
                    length = room - OVERHEAD_A_PART;
                }
                store(zip, part, length);
                room -= OVERHEAD_A_PART + length;
            }
            zip.finish();
        }

        private void store(ZipOutputStream zip, int part, int length) throws IOException {
            var crc = new CRC32();
            generate(part, length, crc::update);
            var entry = new ZipEntry("part-%02d.bin".formatted(part));
            entry.setTimeLocal(LocalDateTime.of(2023, 4, 28, 12, 0, 0));
            entry.setSize(length);
            entry.setCompressedSize(length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            generate(part, length, zip::write);
            zip.closeEntry();
        }

        /// Takes bytes of an array.
        private interface Sink<E extends Exception> {
            void take(byte[] bytes, int offset, int length) throws E;
        }

        private <E extends Exception> void generate(int part, int length, Sink<E> sink) throws E {
            var numbers = new Numbers(seed, size + "/" + part);
            var block = BLOCK.clone();
            for (var left = length; left > 0; left -= block.length) {
                numbers.fill(block);
                sink.take(block, 0, Math.min(left, block.length));
            }
        }
    }

    /// A picture in true colour: ripples round some sources, as the seed has placed them.
    private record Png(int size, long seed) implements Content {
        private static final int WIDTH = 640;
        private static final int HEIGHT = 708;
        private static final int LARGEST_STORED_BLOCK = 65_535;

        @Override
        public void writeTo(OutputStream out) throws IOException {
            var image = ByteBuffer.allocate(size);
            image.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            var header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
            header.put(new byte[] {8, 2, 0, 0, 0}); // 8 bits, true colour, deflate, filters, not interlaced
            chunk(image, "IHDR", header.array());
            chunk(image, "IDAT", storedZlib(scanlines()));
            var nothing = 12; // what a chunk without data takes
            chunk(image, "tEXt", comment(image.remaining() - 2 * nothing));
            chunk(image, "IEND", new byte[0]);
            out.write(image.array());
        }

        private byte[] scanlines() {
            var numbers = new Numbers(seed, "png");
            var sources = new int[5][2];
            for (var source : sources) {
                source[0] = numbers.below(WIDTH);
                source[1] = numbers.below(HEIGHT);
            }
            var lines = ByteBuffer.allocate(HEIGHT * (1 + 3 * WIDTH));
            for (var y = 0; y < HEIGHT; y++) {
                lines.put((byte) 0); // filter type: none
                for (var x = 0; x < WIDTH; x++) {
                    var wave = 0.0;
                    for (var source : sources) {
                        wave += StrictMath.sin(StrictMath.hypot(x - source[0], y - source[1]) / 11);
                    }
                    var light = wave / sources.length;
                    lines.put((byte) (90 + 70 * light));
                    lines.put((byte) (130 + 90 * light));
                    lines.put((byte) (170 + 80 * light * x / WIDTH));
                }
            }
            return lines.array();
        }

        /// RFC 1950 round the stored blocks of RFC 1951 section 3.2.4.
        private static byte[] storedZlib(byte[] data) {
            var blocks = (data.length + LARGEST_STORED_BLOCK - 1) / LARGEST_STORED_BLOCK;
            var zlib = ByteBuffer.allocate(2 + 5 * blocks + data.length + 4).put(new byte[] {0x78, 0x01});
            for (var at = 0; at < data.length; at += LARGEST_STORED_BLOCK) {
                var length = Math.min(LARGEST_STORED_BLOCK, data.length - at);
                zlib.put((byte) (at + length == data.length ? 1 : 0));
                zlib.order(ByteOrder.LITTLE_ENDIAN).putShort((short) length).putShort((short) ~length);
                zlib.put(data, at, length);
            }
            var adler = new Adler32();
            adler.update(data);
            return zlib.order(ByteOrder.BIG_ENDIAN).putInt((int) adler.getValue()).array();
        }

        private byte[] comment(int length) {
            var text = new StringBuilder("Comment\0Sample picture of wirelab, seed " + seed + ".");
            return ascii(text.repeat(' ', length - text.length()).toString());
        }

        private static void chunk(ByteBuffer image, String type, byte[] data) {
            var crc = new CRC32();
            crc.update(ascii(type));
            crc.update(data);
            image.putInt(data.length).put(ascii(type)).put(data).putInt((int) crc.getValue());
        }
    }

    /// A document of one page of questions and pages of hexadecimal digits to read aloud.
    private record Pdf(int size, long seed) implements Content {
        private static final List<String> QUESTIONS = List.of(
                "Task 2: one download, five protocols",
                "",
                "Open the capture of one run in Wireshark and answer from the packets alone.",
                "",
                " 1. Which process asked for the index page before the client was there, and why?",
                " 2. Which packet carries the first broadcast? Who may answer it, and who did?",
                " 3. What is the source address of the DISCOVER, and why can it be no other?",
                " 4. Which option of the ACK says where the client has to ask for names?",
                " 5. How many bytes does the answer to example.com need, and how many repeat the name?",
                " 6. Match each SIGN... message with its reply. What ties the two together?",
                " 7. The list of files travels twice. Where does it change from TCP to UDP?",
                " 8. What tells the reader of that list, on the TCP leg, that it is complete?",
                " 9. Which side closes an HTTP connection first? Which side then waits?",
                "10. How many bytes of 50MB.zip does the largest packet hold, and what sets the limit?",
                "",
                "The pages that follow hold digits, to give this file its size.");
        private static final int LINES_A_PAGE = 54;

        @Override
        public void writeTo(OutputStream out) throws IOException {
            var numbers = new Numbers(seed, "pdf");
            var pages = new ArrayList<List<String>>();
            pages.add(QUESTIONS);
            var document = document(pages, 0);
            for (var next = document; next.length <= size - 64; next = document(pages, 0)) {
                document = next;
                var page = new ArrayList<String>();
                for (var line = 0; line < LINES_A_PAGE; line++) {
                    page.add("%016x %016x %016x %016x".formatted(
                            numbers.next(), numbers.next(), numbers.next(), numbers.next()));
                }
                pages.add(page);
            }
            pages.removeLast();
            out.write(document(pages, size - document.length));
        }

        /// The file as bytes: objects, then a comment that makes up the size, then the table of where each object is.
        private static byte[] document(List<List<String>> pages, int padding) {
            var pdf = new StringBuilder("%PDF-1.4\n");
            var offsets = new ArrayList<Integer>();
            var kids = new StringBuilder();
            for (var page = 0; page < pages.size(); page++) {
                kids.append(4 + 2 * page).append(" 0 R ");
            }
            object(pdf, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
            object(pdf, offsets, "<< /Type /Pages /Kids [ " + kids + "] /Count " + pages.size() + " >>");
            object(pdf, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>");
            for (var page = 0; page < pages.size(); page++) {
                object(pdf, offsets, "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ]"
                        + " /Resources << /Font << /F1 3 0 R >> >> /Contents " + (5 + 2 * page) + " 0 R >>");
                var text = text(pages.get(page));
                object(pdf, offsets, "<< /Length " + text.length() + " >>\nstream\n" + text + "endstream");
            }
            if (padding > 0) {
                pdf.append('%').repeat('.', padding - 2).append('\n');
            }
            var table = pdf.length();
            pdf.append("xref\n0 ").append(offsets.size() + 1).append("\n0000000000 65535 f \n");
            offsets.forEach(offset -> pdf.append("%010d 00000 n \n".formatted(offset)));
            pdf.append("trailer\n<< /Size ").append(offsets.size() + 1).append(" /Root 1 0 R >>\n");
            return ascii(pdf.append("startxref\n").append("%010d".formatted(table)).append("\n%%EOF\n").toString());
        }

        private static void object(StringBuilder pdf, List<Integer> offsets, String body) {
            offsets.add(pdf.length());
            pdf.append(offsets.size()).append(" 0 obj\n").append(body).append("\nendobj\n");
        }

        private static String text(List<String> lines) {
            var text = new StringBuilder("BT /F1 9 Tf 50 790 Td 14 TL\n");
            for (var line : lines) {
                text.append('(').append(line.replaceAll("([()\\\\])", "\\\\$1")).append(") '\n");
            }
            return text.append("ET\n").toString();
        }
    }
}
