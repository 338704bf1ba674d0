package wirelab.httpserver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;
import wirelab.httpserver.engine.IndexPage;
import wirelab.httpserver.engine.ResourcePath;

class DocumentRootTest {
    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(folder.toRealPath().resolve("root"));
        Files.createDirectories(root.resolve("sub"));
        Files.writeString(root.resolve("sub/a.txt"), "inside");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/a.txt"), "outside");
        Files.createSymbolicLink(root.resolve("within"), Path.of("sub/a.txt"));
        Files.createSymbolicLink(root.resolve("out"), Path.of("../outside/a.txt"));
        Files.createSymbolicLink(root.resolve("outdir"), folder.toRealPath().resolve("outside"));
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("nothing"));
    }

    private Looked look(boolean followsLinks, String... names) throws IOException, ExitException {
        return DocumentRoot.open(root, followsLinks, false).look(new ResourcePath(List.of(names), false), Set.of());
    }

    private List<String> names(boolean followsLinks, String... names) throws IOException, ExitException {
        var found = DocumentRoot.open(root, followsLinks, false).look(new ResourcePath(List.of(names), true), Set.of());
        assertThat(found).isInstanceOf(Looked.AListing.class);
        return ((Looked.AListing) found)
                .entries().stream().map(IndexPage.Entry::name).toList();
    }

    private static String read(Looked looked) throws IOException {
        assertThat(looked).isInstanceOf(Looked.AFile.class);
        try (var channel = ((Looked.AFile) looked).channel()) {
            var octets = ByteBuffer.allocate((int) channel.size());
            assertThat(channel.read(octets)).isEqualTo(octets.limit());
            return StandardCharsets.UTF_8.decode(octets.flip()).toString();
        }
    }

    @Test
    void whatIsThereIsFound() throws IOException, ExitException {
        assertThat(read(look(false, "sub", "a.txt"))).isEqualTo("inside");
        assertThat(look(false, "sub")).isEqualTo(new Looked.ADirectory());
        assertThat(look(false, "nothing")).isEqualTo(new Looked.Nothing());
        assertThat(look(false, "sub", "a.txt", "b")).isEqualTo(new Looked.Nothing());
        assertThat(look(false, "x".repeat(300))).isEqualTo(new Looked.Nothing());
    }

    @Nested
    class Links {
        @Test
        void areRefusedWhereverTheyLead() throws IOException, ExitException {
            assertThat(look(false, "within")).isInstanceOf(Looked.Refused.class);
            assertThat(look(false, "out")).isInstanceOf(Looked.Refused.class);
            assertThat(look(false, "outdir", "a.txt")).isInstanceOf(Looked.Refused.class);
            assertThat(look(false, "nowhere")).isInstanceOf(Looked.Refused.class);
            assertThat(names(false)).containsExactly("sub");
        }

        @Test
        void areFollowedUnderTheRootAlone() throws IOException, ExitException {
            assertThat(read(look(true, "within"))).isEqualTo("inside");
            assertThat(look(true, "out")).isInstanceOf(Looked.Refused.class);
            assertThat(look(true, "outdir", "a.txt")).isInstanceOf(Looked.Refused.class);
            assertThat(look(true, "nowhere")).isEqualTo(new Looked.Nothing());
        }

        @Test
        void areShownIfTheyAreFollowed() throws IOException, ExitException {
            assertThat(names(true)).containsExactlyInAnyOrder("sub", "within");
        }

        @Test
        void toHiddenNamesLeadNowhere() throws IOException, ExitException {
            Files.writeString(root.resolve(".secret"), "secret");
            Files.createSymbolicLink(root.resolve("open"), Path.of(".secret"));
            assertThat(look(true, "open")).isEqualTo(new Looked.Nothing());
            assertThat(names(true)).doesNotContain("open", ".secret");
        }

        @Test
        void mayBeTheIndexOfADirectory() throws IOException, ExitException {
            Files.createSymbolicLink(root.resolve("sub/index.html"), Path.of("a.txt"));
            assertThat(names(false, "sub")).containsExactly("a.txt");
            var index = DocumentRoot.open(root, true, false).look(new ResourcePath(List.of("sub"), true), Set.of());
            assertThat(read(index)).isEqualTo("inside");
        }

        @Test
        void mayBeTheRootItself() throws IOException, ExitException {
            var link = Files.createSymbolicLink(folder.resolve("link"), root);
            for (boolean follows : new boolean[] {false, true}) {
                var found = DocumentRoot.open(link, follows, false)
                        .look(new ResourcePath(List.of("sub", "a.txt"), false), Set.of());
                assertThat(read(found)).isEqualTo("inside");
            }
        }
    }

    @Test
    void neitherFileNorDirectoryIsRefused() throws IOException, InterruptedException, ExitException {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(look(false, "fifo")).isEqualTo(new Looked.Refused("neither a file nor a directory"));
        assertThat(names(false)).doesNotContain("fifo");
    }

    @Test
    void aListingIsAsOldAsTheNewestThingInIt() throws IOException, ExitException {
        var newest = Instant.parse("2030-01-01T00:00:00Z");
        Files.setLastModifiedTime(root.resolve("sub/a.txt"), FileTime.from(newest));
        var found = DocumentRoot.open(root, false, false).look(new ResourcePath(List.of("sub"), true), Set.of());
        assertThat(((Looked.AListing) found).modified()).isEqualTo(newest);
    }

    @Test
    void aPageHasTenThousandEntriesAndCountsTheRest() throws IOException, ExitException {
        var many = Files.createDirectories(root.resolve("many"));
        for (int i = 0; i < 10_003; i++) {
            Files.createFile(many.resolve(Integer.toString(i)));
        }
        var found = (Looked.AListing)
                DocumentRoot.open(root, false, false).look(new ResourcePath(List.of("many"), true), Set.of());
        assertThat(found.entries()).hasSize(10_000);
        assertThat(found.more()).isEqualTo(3);
    }

    @Test
    void aRootThatCannotBeServedIsSaidAtTheStart() throws IOException {
        var empty = Files.createDirectories(folder.resolve("empty"));
        for (var path : List.of(empty, folder.resolve("missing"), root.resolve("sub/a.txt"))) {
            assertThatThrownBy(() -> DocumentRoot.open(path, false, false))
                    .isInstanceOfSatisfying(
                            ExitException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.CONFIG))
                    .hasMessageContaining("--root " + path);
        }
    }
}
