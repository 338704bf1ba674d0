package wirelab.client.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.client.capture.Capture;
import wirelab.client.capture.CaptureReader;
import wirelab.client.capture.Tshark;
import wirelab.client.report.Sentence.Piece;
import wirelab.client.report.write.Markdown;
import wirelab.daemon.ExitException;
import wirelab.testing.ProgramUnderTest;

/// The reports of the captures in docs/captures, with tshark as the judge of each number.
class ReportIT {
    private static final Tshark TSHARK =
            new Tshark(ProgramUnderTest.root().resolve("docs").resolve("wireshark"));

    @BeforeEach
    void needsTshark() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark"))),
                "tshark is not installed");
    }

    private static Path file(String name) {
        return ProgramUnderTest.root().resolve("docs/captures").resolve(name + ".pcapng");
    }

    private static Report report(String name) throws IOException, ExitException {
        Capture capture = new CaptureReader(TSHARK).read(file(name));
        return Story.of(capture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-run", "loss", "reorder"})
    void everyFactIsWhatTsharkSays(String name) throws IOException, ExitException {
        var report = report(name);
        assertThat(report.phases().stream()
                        .flatMap(phase -> phase.sentences().stream())
                        .mapToInt(sentence -> sentence.facts().size())
                        .sum())
                .isGreaterThan(30);
        assertThat(new FactCheck(TSHARK, file(name)).wrong(report)).isEmpty();
    }

    /// So no number gets into a report that the test above does not see.
    @ParameterizedTest
    @ValueSource(strings = {"first-run", "loss", "reorder"})
    void wordsHoldNoNumbersButThoseOfTheProtocol(String name) throws IOException, ExitException {
        var number = Pattern.compile("(?<![A-Za-z])\\d+");
        assertThat(report(name).phases().stream()
                        .flatMap(phase -> phase.sentences().stream())
                        .flatMap(sentence -> sentence.pieces().stream())
                        .filter(Piece.Words.class::isInstance)
                        .map(Piece::text)
                        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("option \\d+", "option"))
                        .filter(text -> number.matcher(text).find()))
                .isEmpty();
    }

    /// `client report NAME.pcapng -o NAME.md` in docs/captures writes them anew.
    @ParameterizedTest
    @ValueSource(strings = {"first-run", "loss", "reorder"})
    void theReportsBesideTheCapturesAreThose(String name) throws IOException, ExitException {
        var beside = file(name).resolveSibling(name + ".md");
        assertThat(Markdown.of(report(name)).stripTrailing())
                .isEqualTo(Files.readString(beside).stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-run", "loss", "reorder"})
    void everyFrameIsToldOf(String name) throws IOException, ExitException {
        var report = report(name);
        List<FrameRanges> told = report.phases().stream()
                .filter(phase -> !phase.frames().isEmpty())
                .flatMap(phase -> phase.sentences().stream())
                .map(Sentence::frames)
                .toList();
        assertThat(IntStream.rangeClosed(1, report.capture().frames().size())
                        .filter(frame -> told.stream().noneMatch(ranges -> ranges.contains(frame))))
                .isEmpty();
    }
}
