package wirelab.httpserver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.ExitException;
import wirelab.httpserver.engine.Resource;
import wirelab.httpserver.engine.ResourcePath;
import wirelab.httpserver.engine.Wanted;
import wirelab.testing.ProgramUnderTest;

class FileStoreTest {
    private static final Wanted PATH = Wanted.plain(new ResourcePath(List.of("a.txt"), false));
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private FileStore store;

    @BeforeEach
    void open() throws IOException, ExitException {
        file = Files.writeString(folder.resolve("a.txt"), "old");
        store = new FileStore(DocumentRoot.open(folder, false, false), "test", () -> NOW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Found find(Wanted path) {
        var found = new CompletableFuture<Found>();
        store.find(path, found::complete);
        return found.join();
    }

    private static String text(Found found) {
        assertThat(found.content()).isInstanceOf(Content.InMemory.class);
        return StandardCharsets.UTF_8
                .decode(((Content.InMemory) found.content()).octets().duplicate())
                .toString();
    }

    /// Each way in which a file changes, though size and time of change may stay what they were.
    @Nested
    class Changes {
        @Test
        void inPlaceAreNoticed() throws IOException {
            assertThat(text(find(PATH))).isEqualTo("old");
            Files.writeString(file, "new");
            assertThat(text(find(PATH))).isEqualTo("new");
        }

        @Test
        void withTheTimeSetBackAreNoticed() throws IOException {
            var before = Files.getLastModifiedTime(file);
            assertThat(text(find(PATH))).isEqualTo("old");
            Files.writeString(file, "new");
            Files.setLastModifiedTime(file, before);
            assertThat(text(find(PATH))).isEqualTo("new");
        }

        @Test
        void byAnotherFileInItsPlaceAreNoticed() throws IOException {
            var other = Files.writeString(folder.resolve("b.txt"), "new");
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            assertThat(text(find(PATH))).isEqualTo("old");
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            assertThat(text(find(PATH))).isEqualTo("new");
        }

        @Test
        void toNothingAreNoticed() throws IOException {
            assertThat(text(find(PATH))).isEqualTo("old");
            Files.delete(file);
            assertThat(find(PATH).resource()).isEqualTo(new Resource.Missing());
        }

        @Test
        void toALinkAreNoticed() throws IOException {
            assertThat(text(find(PATH))).isEqualTo("old");
            var aside = Files.move(file, folder.resolve("b.txt"));
            Files.createSymbolicLink(file, aside.getFileName());
            assertThat(find(PATH).resource()).isInstanceOf(Resource.Forbidden.class);
        }
    }

    /// The project's own licence, which has not changed in the last second.
    @Nested
    class AFileThatRests {
        private final Wanted licence = Wanted.plain(new ResourcePath(List.of("LICENSE"), false));

        @Test
        void isKeptForAWhile() throws ExitException {
            try (var resting =
                    new FileStore(DocumentRoot.open(ProgramUnderTest.root(), false, false), "test", () -> NOW)) {
                var found = new CompletableFuture<Found>();
                resting.find(licence, found::complete);
                assertThat(text(found.join())).contains("Apache License");
                assertThat(resting.cached(licence, NOW)).containsSame(found.join());
                assertThat(resting.cached(licence, NOW.plusMillis(100))).containsSame(found.join());
                assertThat(resting.cached(licence, NOW.plusMillis(101))).isEmpty();
            }
        }

        @Test
        void isReadOnce() throws ExitException {
            try (var resting =
                    new FileStore(DocumentRoot.open(ProgramUnderTest.root(), false, false), "test", () -> NOW)) {
                var first = new CompletableFuture<Found>();
                resting.find(licence, first::complete);
                assertThat(first.join().content()).isInstanceOf(Content.InMemory.class);
                var second = new CompletableFuture<Found>();
                resting.find(licence, second::complete);
                assertThat(second.join()).isSameAs(first.join());
            }
        }
    }

    @Test
    void aFileThatHasJustChangedIsReadAgain() {
        var first = find(PATH);
        assertThat(find(PATH)).isNotSameAs(first);
    }

    @Test
    void aLargeFileThatHasJustChangedIsOpenedForEachResponse() throws IOException {
        Files.write(file, new byte[FileStore.SMALL + 1]);
        var found = find(PATH);
        assertThat(found.content()).isInstanceOf(Content.InFile.class);
        assertThat(store.cached(PATH, NOW)).isEmpty();
        Content.close(found.content());
        assertThat(((Content.InFile) found.content()).channel().isOpen()).isFalse();
    }

    @Test
    void theTagChangesWithTheFile() throws IOException {
        var before = ((Resource.Representation) find(PATH).resource()).tag();
        Files.writeString(file, "longer");
        assertThat(((Resource.Representation) find(PATH).resource()).tag()).isNotEqualTo(before);
    }
}
