package wirelab.client;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.teach.Variant;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client student`: what is a student's own in the lab.
@Command(
        name = "student",
        description = "Says what is different in a student's lab, as 'scripts/lab up --student ID' makes it.")
final class StudentCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "ID", description = "The student: up to 32 letters, digits and . _ @ -")
    String id = "";

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws ExitException {
        Variant variant;
        try {
            variant = Variant.of(id);
        } catch (IllegalArgumentException e) {
            throw new ExitException(ExitCode.USAGE, Printable.of(String.valueOf(e.getMessage())), e);
        }
        variant.facts().forEach((fact, value) -> {
            report.add(fact, Json.of(value));
            screen.line("%-8s %s".formatted(fact, value));
        });
        return ExitCode.OK;
    }
}
