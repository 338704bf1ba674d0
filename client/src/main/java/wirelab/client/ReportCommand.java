package wirelab.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.capture.CaptureReader;
import wirelab.client.output.Screen;
import wirelab.client.report.Story;
import wirelab.client.report.write.Markdown;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client report`: what happened in a capture.
@Command(
        name = "report",
        description = "Tells what happened in a capture, phase by phase and packet by packet, as tshark decodes it.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    CaptureOptions input = new CaptureOptions();

    @Option(names = "--markdown", description = "Write Markdown.")
    boolean markdown;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write (default: stdout).")
    @Nullable
    Path output;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, (screen, _, result) -> {
            var report = Story.of(new CaptureReader(input.tshark()).read(input.capture));
            write(screen, Markdown.of(report));
            return ExitCode.OK;
        });
    }

    private void write(Screen screen, String document) throws IOException {
        if (output == null) {
            screen.line(document.stripTrailing());
        } else {
            Files.writeString(output, document);
        }
    }
}
