package wirelab.client.report.write;

import java.util.stream.Collectors;
import wirelab.client.output.Quantity;
import wirelab.client.report.Report;
import wirelab.client.report.Sentence;
import wirelab.client.report.Spec;

/// A report as Markdown, as GitHub shows it.
public final class Markdown {
    private Markdown() {}

    public static String of(Report report) {
        var out = new StringBuilder();
        var frames = report.capture().frames();
        out.append("# ").append(escaped(report.capture().name())).append("\n\n");
        out.append(Summary.of(report)).append("\n");
        if (frames.isEmpty()) {
            return out.toString();
        }
        out.append("\n## Who is who\n\n| role | address | known by | frame |\n|---|---|---|--:|\n");
        for (var role : report.cast().roles()) {
            out.append("| %s | %s | %s | %d |\n"
                    .formatted(role.name(), escaped(role.end().toString()), escaped(role.because()), role.frame()));
        }
        if (!report.oddities().isEmpty()) {
            out.append("\n## What is odd\n\n");
            report.oddities().forEach(sentence -> out.append(item(sentence)));
        }
        int number = 1;
        for (var phase : report.phases()) {
            out.append("\n## ")
                    .append(number++)
                    .append(". ")
                    .append(escaped(phase.title()))
                    .append("\n\n");
            if (!phase.frames().isEmpty()) {
                out.append("Frames ")
                        .append(phase.ranges())
                        .append(", ")
                        .append(Quantity.millis(
                                phase.frames().getLast().since(phase.frames().getFirst())))
                        .append(" ms.\n\n");
            }
            phase.sentences().forEach(sentence -> out.append(item(sentence)));
        }
        return out.toString();
    }

    private static String item(Sentence sentence) {
        return "- **%s** %s%s%s%s\n"
                .formatted(
                        sentence.frames(),
                        sentence.odd() ? "⚠ " : "",
                        sentence.pieces().stream().map(Markdown::piece).collect(Collectors.joining()),
                        sentence.spec().map(Markdown::reference).orElse(""),
                        sentence.look()
                                .map(field -> " Look at `" + field + "`.")
                                .orElse(""));
    }

    private static String piece(Sentence.Piece piece) {
        return switch (piece) {
            case Sentence.Piece.Words(var text) -> escaped(text);
            case Sentence.Piece.Stated(var fact) -> escaped(fact.shown());
        };
    }

    private static String reference(Spec spec) {
        return " [" + spec + "]" + Links.of(spec).map(link -> "(" + link + ")").orElse("");
    }

    /// What Markdown would take for its own.
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|#~])", "\\\\$1");
    }
}
