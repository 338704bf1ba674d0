package wirelab.client.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// The command tshark with the dissectors of docs/wireshark, and without what its user has set. Safe for many threads.
///
/// @param dissectors the folder of `rudp.lua` and `scrap.lua`
public record Tshark(Path dissectors) {
    /// What takes the lines of an output.
    @FunctionalInterface
    public interface Reader {
        void read(BufferedReader lines) throws IOException, ExitException;
    }

    /// Reads a capture, and hands on what tshark prints of it.
    ///
    /// @param options as `-T fields -e frame.number`
    /// @throws ExitException if there is no tshark, or it cannot read the file
    public void read(Path capture, List<String> options, Reader reader) throws IOException, ExitException {
        if (!Files.isReadable(capture)) {
            throw new ExitException(ExitCode.CONFIG, "no capture " + capture + ", or it may not be read");
        }
        var home = Files.createTempDirectory("wirelab-tshark");
        var complaints = home.resolve("stderr");
        try {
            var builder = new ProcessBuilder(command(capture, options)).redirectError(complaints.toFile());
            builder.environment().put("HOME", home.toString());
            builder.environment().put("XDG_CONFIG_HOME", home.toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("WIRESHARK_"));
            var process = start(builder);
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                reader.read(lines);
            } finally {
                process.getInputStream().close();
            }
            if (await(process) != 0) {
                throw new ExitException(
                        ExitCode.CONFIG,
                        "tshark cannot read " + capture + ": " + complaint(Files.readString(complaints)));
            }
        } finally {
            delete(home);
        }
    }

    /// Bodies of HTTP are not put together: half a gigabyte would be kept in memory for nothing.
    private List<String> command(Path capture, List<String> options) {
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        for (var dissector : List.of("rudp.lua", "scrap.lua")) {
            command.addAll(List.of("-X", "lua_script:" + dissectors.resolve(dissector)));
        }
        command.addAll(List.of("-o", "http.desegment_body:FALSE"));
        command.addAll(options);
        return command;
    }

    private static Process start(ProcessBuilder builder) throws ExitException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ExitException(
                    ExitCode.CONFIG, "there is no tshark here, which decodes captures; apt-get install tshark", e);
        }
    }

    private static int await(Process process) throws ExitException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new ExitException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private static String complaint(String said) {
        return said.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("Running as"))
                .findFirst()
                .orElse("it says nothing")
                .strip();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted((one, other) -> other.compareTo(one)).toList();
        }
        for (var path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
