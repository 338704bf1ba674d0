package wirelab.httpserver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.httpserver.engine.EntityTag;
import wirelab.httpserver.engine.Resource;
import wirelab.httpserver.engine.ResourcePath;
import wirelab.httpserver.engine.Wanted;

class FileCacheTest {
    private static final Wanted PATH = Wanted.plain(new ResourcePath(List.of("a.bin"), false));
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int SIZE = 200_000;

    @TempDir
    Path folder;

    private final FileCache cache = new FileCache();
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("a.bin"), new byte[SIZE]);
    }

    private FileCache.Entry mapped() throws IOException {
        var channel = FileChannel.open(file);
        var resource = Resource.Representation.of(SIZE, NOW, EntityTag.of(SIZE, NOW), "text/plain", "test");
        var kept = new MappedFile(resource, channel);
        return new FileCache.Entry(kept, SIZE, file, Stamp.of(file), Beside.of(file), true, NOW);
    }

    private static FileChannel channelOf(Found found) {
        assertThat(found.content()).isInstanceOf(Content.Mapped.class);
        return ((Content.Mapped) found.content()).channel();
    }

    @Test
    void aMappedFileIsSharedByAllResponses() throws IOException {
        cache.put(PATH, mapped());
        var first = cache.any(PATH).orElseThrow().use(NOW).orElseThrow();
        var second = cache.any(PATH).orElseThrow().use(NOW).orElseThrow();
        assertThat(channelOf(first)).isSameAs(channelOf(second));
    }

    @Test
    void aMappedFileIsLookedAtForEachResponse() throws IOException {
        cache.put(PATH, mapped());
        assertThat(cache.fresh(PATH, NOW)).isEmpty();
    }

    @Test
    void aFileThatIsForgottenStaysOpenForTheResponsesUnderWay() throws IOException {
        var entry = mapped();
        cache.put(PATH, entry);
        var first = entry.use(NOW).orElseThrow();
        var second = entry.use(NOW).orElseThrow();
        cache.forget(PATH, entry);
        Content.close(first.content());
        assertThat(channelOf(second).isOpen()).isTrue();
        Content.close(second.content());
        assertThat(channelOf(second).isOpen()).isFalse();
        assertThat(entry.use(NOW)).isEmpty();
    }

    @Test
    void aFileInWhosePlaceAnotherIsPutIsLetGo() throws IOException {
        var entry = mapped();
        cache.put(PATH, entry);
        cache.put(PATH, mapped());
        assertThat(entry.use(NOW)).isEmpty();
    }

    @Test
    void whatNobodyAsksForInTenSecondsIsLetGo() throws IOException {
        var entry = mapped();
        cache.put(PATH, entry);
        var found = entry.use(NOW.plusSeconds(5)).orElseThrow();
        Content.close(found.content());
        assertThat(cache.forgetUnused(NOW.plusSeconds(15))).isTrue();
        assertThat(channelOf(found).isOpen()).isTrue();
        assertThat(cache.forgetUnused(NOW.plusSeconds(16))).isFalse();
        assertThat(channelOf(found).isOpen()).isFalse();
    }
}
