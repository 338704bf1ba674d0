package wirelab.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QlogFilesTest {
    @TempDir
    Path directory;

    private final List<String> trouble = new CopyOnWriteArrayList<>();

    @Test
    void eachTraceIsAFileThatHoldsAllOfItsRecords() throws IOException {
        var one = directory.resolve("one.sqlog");
        var two = directory.resolve("two.sqlog");
        try (var files = QlogFiles.start(trouble::add)) {
            var first = files.create(one);
            var second = files.create(two);
            for (int i = 0; i < 10_000; i++) {
                first.write("first " + i + "\n");
            }
            second.write("second\n");
            first.end();
        }
        assertThat(Files.readAllLines(one)).hasSize(10_000).endsWith("first 9999");
        assertThat(Files.readAllLines(two)).containsExactly("second");
        assertThat(trouble).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidOnceAndHoldsNobodyUp() {
        try (var files = QlogFiles.start(trouble::add)) {
            var trace = files.create(directory.resolve("no/such/folder.sqlog"));
            for (int i = 0; i < 1000; i++) {
                trace.write("x".repeat(10_000) + "\n");
            }
            trace.end();
        }
        assertThat(trouble)
                .filteredOn(text -> text.startsWith("no more is traced: "))
                .singleElement()
                .asString()
                .contains("folder.sqlog");
    }

    @Test
    void allTracesTogetherAreBounded() throws IOException {
        var file = directory.resolve("big.sqlog");
        try (var files = QlogFiles.start(trouble::add, 100_000)) {
            var trace = files.create(file);
            for (int i = 0; i < 100; i++) {
                trace.write("x".repeat(9_999) + "\n");
            }
            trace.end();
        }
        assertThat(Files.size(file)).isBetween(1L, 100_000L);
        assertThat(Files.readAllLines(file)).allSatisfy(line -> assertThat(line).hasSize(9_999));
        assertThat(trouble).containsExactly("no more is traced: all traces together have 100000 octets");
    }
}
