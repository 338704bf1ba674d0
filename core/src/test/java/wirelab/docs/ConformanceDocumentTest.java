package wirelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import wirelab.testing.ProgramUnderTest;

/// The tests that docs/conformance.md names are there.
class ConformanceDocumentTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void eachTestThatItNamesExists() throws IOException {
        var text = Files.readString(ProgramUnderTest.root().resolve("docs/conformance.md"));
        var named = NAMED.matcher(text);
        var missing = new ArrayList<String>();
        int count = 0;
        while (named.find()) {
            count++;
            if (sources(named.group(1)).stream().noneMatch(source -> source.contains("void " + named.group(2) + "("))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isPositive();
    }

    private static List<String> sources(String name) throws IOException {
        var sources = new ArrayList<String>();
        try (var modules = Files.newDirectoryStream(ProgramUnderTest.root())) {
            for (var module : modules) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    sources.addAll(sourcesIn(tests, name));
                }
            }
        }
        return sources;
    }

    private static List<String> sourcesIn(Path tests, String name) throws IOException {
        try (var files = Files.walk(tests)) {
            var sources = new ArrayList<String>();
            for (var file : files.filter(one -> one.endsWith(name + ".java")).toList()) {
                sources.add(Files.readString(file));
            }
            return sources;
        }
    }
}
