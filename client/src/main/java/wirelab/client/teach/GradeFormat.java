package wirelab.client.teach;

import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import wirelab.client.output.Json;
import wirelab.client.output.Printable;
import wirelab.client.output.Style;
import wirelab.client.output.Table;
import wirelab.client.output.Table.Side;
import wirelab.client.teach.Check.Outcome;

/// How grades are written down, for people and for the programs of schools. Immutable.
public enum GradeFormat {
    /// A table a capture, and one of all captures where there are several.
    TEXT,
    /// A line a check.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4180 RFC 4180
    CSV,
    /// XML as JUnit's, a suite a capture and a test case a check, which many programs read.
    JUNIT,
    /// The results.json of a Gradescope autograder: one capture.
    ///
    /// @spec https://gradescope-autograders.readthedocs.io/en/latest/specs/ Autograder specifications
    GRADESCOPE;

    private static final int FRAMES_SHOWN = 4;

    /// All grades in this form.
    ///
    /// @param colour whether a terminal with colours shows it
    public String write(GradingSpec spec, List<Grade> grades, boolean colour) {
        return switch (this) {
            case TEXT -> text(spec, grades, colour);
            case CSV -> csv(grades);
            case JUNIT -> junit(spec, grades);
            case GRADESCOPE -> gradescope(grades.getFirst()).pretty() + "\n";
        };
    }

    private static String text(GradingSpec spec, List<Grade> grades, boolean colour) {
        var out = new StringBuilder();
        for (var grade : grades) {
            out.append(Style.BOLD.paint(
                            Printable.of(grade.capture()) + ": " + grade.points() + " of " + grade.most(), colour))
                    .append("  ")
                    .append(Printable.of(spec.title()))
                    .append('\n');
            grade.outcomes().forEach(outcome -> text(out, outcome, colour));
            out.append('\n');
        }
        if (grades.size() > 1) {
            var table = new Table()
                    .column("student", Side.LEFT)
                    .column("points", Side.RIGHT)
                    .column("of", Side.RIGHT)
                    .column("missed", Side.LEFT);
            grades.forEach(grade -> table.row(
                    Printable.of(grade.student()),
                    Integer.toString(grade.points()),
                    Integer.toString(grade.most()),
                    missed(grade)));
            out.append(table.render(colour));
        }
        return out.toString();
    }

    private static void text(StringBuilder out, Outcome outcome, boolean colour) {
        var about = outcome.check().about();
        var word = outcome.passed() ? Style.GREEN.paint("ok    ", colour) : Style.RED.paint("missed", colour);
        out.append("  %s %d/%d  %s%s%n"
                .formatted(word, outcome.points(), about.points(), Printable.of(about.name()), frames(outcome)));
        if (!outcome.passed()) {
            out.append("                ").append(Printable.of(outcome.why())).append('\n');
            about.hint()
                    .ifPresent(hint -> out.append("                hint: ")
                            .append(Printable.of(hint))
                            .append('\n'));
        }
    }

    private static String frames(Outcome outcome) {
        var frames = outcome.frames();
        if (frames.isEmpty()) {
            return "";
        }
        var shown = frames.stream().limit(FRAMES_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return " (frame%s %s%s)"
                .formatted(frames.size() == 1 ? "" : "s", shown, frames.size() > FRAMES_SHOWN ? " …" : "");
    }

    private static String missed(Grade grade) {
        var missed = grade.outcomes().stream()
                .filter(outcome -> !outcome.passed())
                .map(outcome -> outcome.check().about().name())
                .collect(Collectors.joining("; "));
        return missed.isEmpty() ? "-" : Printable.of(missed);
    }

    private static String csv(List<Grade> grades) {
        var out = new StringBuilder("student,capture,check,points,of,passed,frames,why\r\n");
        for (var grade : grades) {
            for (var outcome : grade.outcomes()) {
                var about = outcome.check().about();
                var cells = List.of(
                        grade.student(),
                        grade.capture(),
                        about.name(),
                        Integer.toString(outcome.points()),
                        Integer.toString(about.points()),
                        Boolean.toString(outcome.passed()),
                        outcome.frames().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        outcome.why());
                out.append(cells.stream().map(GradeFormat::cell).collect(Collectors.joining(",")))
                        .append("\r\n");
            }
        }
        return out.toString();
    }

    private static String cell(String text) {
        // A spreadsheet takes what begins so for a formula; a student chooses the capture's name.
        var plain = text.matches("(?s)[=+@\\t-].*") ? "'" + text : text;
        return plain.matches("(?s).*[,\"\r\n].*") ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
    }

    private static String junit(GradingSpec spec, List<Grade> grades) {
        var text = new StringWriter();
        try {
            var out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("testsuites");
            out.writeAttribute("name", xml(spec.title()));
            for (var grade : grades) {
                out.writeStartElement("testsuite");
                out.writeAttribute("name", xml(grade.student()));
                out.writeAttribute("tests", Integer.toString(grade.outcomes().size()));
                long missed = grade.outcomes().stream()
                        .filter(outcome -> !outcome.passed())
                        .count();
                out.writeAttribute("failures", Long.toString(missed));
                for (var outcome : grade.outcomes()) {
                    out.writeStartElement("testcase");
                    out.writeAttribute("classname", xml(grade.capture()));
                    out.writeAttribute("name", xml(outcome.check().about().name()));
                    if (!outcome.passed()) {
                        out.writeStartElement("failure");
                        out.writeAttribute("message", xml(outcome.why()));
                        out.writeEndElement();
                    }
                    out.writeEndElement();
                }
                out.writeEndElement();
            }
            out.writeEndElement();
            out.writeEndDocument();
            out.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML that cannot be written into memory", e);
        }
        return text + "\n";
    }

    /// XML 1.0 has no words for most control characters.
    private static String xml(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]|\\p{Cs}|[\\uFFFE\\uFFFF]", "\uFFFD");
    }

    private static Json gradescope(Grade grade) {
        return Json.object()
                .with("score", grade.points())
                .with("output", grade.capture() + ": " + grade.points() + " of " + grade.most())
                .with(
                        "tests",
                        Json.array(grade.outcomes().stream()
                                .map(outcome -> Json.object()
                                        .with("name", outcome.check().about().name())
                                        .with("score", outcome.points())
                                        .with(
                                                "max_score",
                                                outcome.check().about().points())
                                        .with("status", outcome.passed() ? "passed" : "failed")
                                        .with("output", outcome.why() + frames(outcome)))
                                .toList()));
    }

    /// What `--json` prints of one capture.
    public static Json json(Grade grade) {
        return Json.object()
                .with("capture", grade.capture())
                .with("student", grade.student())
                .with("points", grade.points())
                .with("of", grade.most())
                .with(
                        "checks",
                        Json.array(grade.outcomes().stream()
                                .map(outcome -> Json.object()
                                        .with("name", outcome.check().about().name())
                                        .with("points", outcome.points())
                                        .with("of", outcome.check().about().points())
                                        .with("passed", Json.of(outcome.passed()))
                                        .with(
                                                "frames",
                                                Json.array(outcome.frames().stream()
                                                        .map(Json::of)
                                                        .toList()))
                                        .with("why", outcome.why()))
                                .toList()));
    }
}
