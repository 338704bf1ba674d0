package wirelab.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import wirelab.client.capture.BadTapException;
import wirelab.client.capture.Taps;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Report;
import wirelab.client.output.Screen;
import wirelab.client.shell.Context;
import wirelab.client.teach.BadSpecException;
import wirelab.client.teach.Question;
import wirelab.client.teach.Quiz;
import wirelab.client.teach.SpecReader;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// `client quiz`: questions about a capture, and their key.
@Command(name = "quiz", description = "Writes questions that a capture answers, in Markdown; with --key the answers.")
final class QuizCommand implements Callable<Integer> {
    private static final String BANK = "teach/questions.yaml";

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    CaptureOptions input = new CaptureOptions();

    @Option(names = "--key", description = "With the answers, the frames that show them, and why they are so.")
    boolean key;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many, at most (default: ${DEFAULT-VALUE}).")
    int most = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which: the same number draws the same ones (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--bank",
            paramLabel = "FILE.yaml",
            description = "Questions of your own (default: those that are built in).")
    Optional<Path> bank = Optional.empty();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, ExitException {
        return common.run(spec, this::run);
    }

    private ExitCode run(Screen screen, Context context, Report report) throws IOException, ExitException {
        if (most < 1) {
            throw new ExitException(ExitCode.USAGE, "--questions " + most + ": one at least");
        }
        var quiz = draw(questions());
        if (quiz.items().isEmpty()) {
            throw new ExitException(
                    ExitCode.CHECK_FAILED,
                    Printable.of(input.capture.toString()) + " shows nothing that the questions are about");
        }
        report.add("capture", Json.of(input.capture.toString()));
        report.add("questions", Json.array(quiz.items().stream().map(this::json).toList()));
        screen.line((key ? quiz.key() : quiz.sheet()).stripTrailing());
        return ExitCode.OK;
    }

    private Json json(Quiz.Item item) {
        var question = Json.object().with("ask", item.question().ask());
        return key
                ? question.with("answer", item.answer().text())
                        .with("frame", item.answer().frame())
                : question;
    }

    private List<Question> questions() throws IOException, ExitException {
        try {
            return bank.isPresent()
                    ? SpecReader.questions(
                            Printable.of(bank.get().toString()), TextFile.read(bank.get(), "question bank"))
                    : SpecReader.questions(BANK, builtIn());
        } catch (BadSpecException e) {
            throw new ExitException(ExitCode.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    private static String builtIn() throws IOException {
        try (var in = QuizCommand.class.getResourceAsStream(BANK)) {
            if (in == null) {
                throw new IllegalStateException(BANK + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Quiz draw(List<Question> questions) throws IOException, ExitException {
        try {
            var hits = Taps.read(
                    input.tshark(),
                    input.capture,
                    questions.stream().map(Question::tap).toList());
            var name = String.valueOf(input.capture.getFileName());
            return Quiz.draw("Questions on " + Printable.of(name), questions, hits, most, seed);
        } catch (BadTapException e) {
            var first = e.reasons().entrySet().iterator().next();
            throw new ExitException(
                    ExitCode.CONFIG,
                    "question '" + Printable.of(questions.get(first.getKey()).ask()) + "': "
                            + Printable.of(first.getValue()),
                    e);
        }
    }
}
