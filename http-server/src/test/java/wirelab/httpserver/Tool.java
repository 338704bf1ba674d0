package wirelab.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program of others that speaks HTTP, run to its end in a folder.
record Tool(List<String> command, Path folder) {
    static Tool curl(Path folder) {
        return new Tool(List.of("curl", "-q", "-sS", "--noproxy", "*", "--max-time", "30"), folder);
    }

    static Tool wget(Path folder) {
        return new Tool(List.of("wget", "--no-config", "--no-proxy", "-nv", "-T", "20", "-t", "1"), folder);
    }

    /// Its stdout; fails unless it ends with 0.
    byte[] octets(String... arguments) throws IOException {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        var process = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = process.getInputStream().readAllBytes();
        try {
            assertThat(process.waitFor()).as(String.join(" ", all)).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return out;
    }

    String text(String... arguments) throws IOException {
        return new String(octets(arguments), StandardCharsets.UTF_8);
    }
}
