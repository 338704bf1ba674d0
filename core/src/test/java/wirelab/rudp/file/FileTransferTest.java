package wirelab.rudp.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.rudp.file.FileReceiver.Step;
import wirelab.rudp.file.FileReply.Found;
import wirelab.rudp.file.FileReply.Refused;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;
import wirelab.wire.WireWriter;

class FileTransferTest {
    private static final Optional<String> TAG = Optional.of("\"3200000-18eaf64a\"");

    @Test
    void aRequestIsOneLine() throws MalformedException {
        var request = new FileRequest(1448, TAG, "/50MB.zip");
        assertThat(request.encode()).isEqualTo(Bytes.ascii("GET 1448 \"3200000-18eaf64a\" /50MB.zip\n"));
        assertThat(asked("GET 1448 \"3200000-18eaf64a\" /50MB.zip\n")).contains(request);
        assertThat(asked("GET 0 - /a%20b\n")).contains(new FileRequest(0, Optional.empty(), "/a%20b"));
        assertThat(asked("GET 0 - /a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "get 0 - /a",
                "GET 0 - a",
                "GET -1 - /a",
                "GET 0 - /a b",
                "GET 0 - /a\u0000",
                "GET 0 - /\u00e4",
                "GET 0 tag /a",
                "GET 0 \"a b\" /a",
                "GET 1234567890123456789 - /a",
                "GET 0  - /a",
            })
    void whatIsNoRequestIsRefused(String line) {
        assertThatThrownBy(() -> asked(line + "\n")).isInstanceOf(MalformedException.class);
    }

    @Test
    void aRequestThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> asked("GET 0 - /" + "a".repeat(FileRequest.LONGEST)))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK",
                "OK 0 5",
                "OK 6 5 -",
                "OK 0 5 tag",
                "OK x 5 -",
                "ERROR 404",
                "ERROR 200 fine",
                "ERROR 999 no",
                "NO 404 x",
                "ERROR 404 \u0007",
            })
    void whatIsNoReplyIsRefused(String line) {
        assertThat(received(Bytes.ascii(line + "\n"), RandomGenerator.getDefault())
                        .getFirst())
                .isInstanceOf(Step.Malformed.class);
    }

    @Test
    void aRefusalIsARefusal() {
        var refused = new Refused(404, "no file nosuch.zip");
        assertThat(received(refused.encode(), RandomGenerator.getDefault()))
                .containsExactly(new Step.Head(refused), new Step.Complete());
    }

    @Property
    void aFileArrivesHoweverItIsCut(RandomGenerator random) {
        var octets = octets(random, random.nextInt(5000));
        long offset = random.nextInt(100);
        var found = new Found(offset, offset + octets.length, random.nextBoolean() ? TAG : Optional.empty());
        var steps = received(reply(found, octets), random);
        assertThat(steps.getFirst()).isEqualTo(new Step.Head(found));
        assertThat(steps.getLast()).isEqualTo(new Step.Complete());
        assertThat(body(steps)).isEqualTo(Bytes.copyOf(octets));
    }

    @Property
    void aFileWithOneWrongBitIsCorrupt(RandomGenerator random) {
        var octets = octets(random, 1 + random.nextInt(5000));
        var found = new Found(0, octets.length, TAG);
        var whole = reply(found, octets).toArray();
        int head = found.encode().size();
        whole[head + random.nextInt(whole.length - head)] ^= (byte) (1 << random.nextInt(8));
        assertThat(received(Bytes.copyOf(whole), random).getLast()).isEqualTo(new Step.Corrupt());
    }

    @Property
    void aFileThatIsCutShortIsTruncated(RandomGenerator random) {
        var whole = reply(new Found(0, 1000, TAG), octets(random, 1000));
        var cut = whole.slice(0, random.nextInt(whole.size()));
        assertThat(received(cut, random).getLast()).isEqualTo(new Step.Truncated());
    }

    @Test
    void octetsBehindTheEndAreNotTaken() {
        var whole = new WireWriter()
                .bytes(reply(new Found(0, 1, TAG), new byte[] {7}))
                .u8(0)
                .toBytes();
        assertThat(received(whole, RandomGenerator.getDefault())).contains(new Step.Malformed("octets after the end"));
    }

    private static Optional<FileRequest> asked(String text) throws MalformedException {
        return new FileSender().handle(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Bytes reply(Found found, byte[] octets) {
        var sender = new FileSender();
        sender.sending(ByteBuffer.wrap(octets));
        return new WireWriter()
                .bytes(found.encode())
                .bytes(octets)
                .bytes(sender.end())
                .toBytes();
    }

    private static byte[] octets(RandomGenerator random, int size) {
        var octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    private static Bytes body(List<Step> steps) {
        var all = new WireWriter();
        for (var step : steps) {
            if (step instanceof Step.Body(var octets)) {
                all.bytes(Bytes.copyOf(octets.duplicate()));
            }
        }
        return all.toBytes();
    }

    /// All steps but NeedMore, of a stream that comes in pieces and then ends.
    private static List<Step> received(Bytes stream, RandomGenerator random) {
        var receiver = new FileReceiver();
        var steps = new ArrayList<Step>();
        for (int at = 0; at < stream.size(); ) {
            int size = Math.min(stream.size() - at, 1 + random.nextInt(700));
            var piece = stream.slice(at, at + size).toBuffer();
            for (var step = receiver.handle(piece); !(step instanceof Step.NeedMore); step = receiver.handle(piece)) {
                steps.add(step);
                if (step instanceof Step.Malformed || step instanceof Step.Corrupt) {
                    return steps;
                }
                if (step instanceof Step.Complete) {
                    break;
                }
            }
            at += size - piece.remaining();
        }
        if (steps.isEmpty() || !(steps.getLast() instanceof Step.Complete)) {
            steps.add(receiver.ended());
        }
        return steps;
    }
}
