package wirelab.client.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import wirelab.client.capture.Tshark;
import wirelab.client.report.Fact.Origin;
import wirelab.daemon.ExitException;

/// Asks tshark, by a way of its own, whether the facts of a report hold. Confined to one thread.
final class FactCheck {
    private static final String NUMBER = "frame.number";
    private static final String TIME = "frame.time_epoch";

    private final Tshark tshark;
    private final Path capture;
    private final Map<String, Map<Integer, List<String>>> columns = new HashMap<>();

    FactCheck(Tshark tshark, Path capture) {
        this.tshark = tshark;
        this.capture = capture;
    }

    /// The sentences with a fact that does not hold, each with what tshark has instead.
    List<String> wrong(Report report) throws IOException, ExitException {
        load(report);
        var wrong = new ArrayList<String>();
        for (var phase : report.phases()) {
            for (var sentence : phase.sentences()) {
                for (var fact : sentence.facts()) {
                    var truth = truth(fact.origin());
                    if (truth.stream().noneMatch(one -> same(fact.shown(), one))) {
                        wrong.add(fact + " is " + truth + " in: " + sentence.text());
                    }
                }
            }
        }
        return wrong;
    }

    /// All fields that single frames are asked for, in one run.
    private void load(Report report) throws IOException, ExitException {
        Set<String> fields = new LinkedHashSet<>(Set.of(TIME));
        report.phases().stream()
                .flatMap(phase -> phase.sentences().stream())
                .flatMap(sentence -> sentence.facts().stream())
                .forEach(fact -> {
                    switch (fact.origin()) {
                        case Origin.Field field -> fields.add(field.field());
                        case Origin.Within length -> fields.add(length.field());
                        default -> {}
                    }
                });
        fields.remove(NUMBER); // It comes first in each row; tshark fills the column of a field only once.
        var asked = List.copyOf(fields);
        for (var row : rows("frame", asked)) {
            for (int i = 0; i < asked.size(); i++) {
                columns.computeIfAbsent(asked.get(i), _ -> new HashMap<>())
                        .put(
                                Integer.parseInt(row.getFirst()),
                                List.of(row.get(i + 1).split("\u0001", -1)));
            }
        }
    }

    private List<String> truth(Origin origin) throws IOException, ExitException {
        return switch (origin) {
            case Origin.Field(var frame, var field) -> of(frame, field);
            case Origin.Within(var frame, var field, var header) ->
                of(frame, field).stream()
                        .map(length -> Long.toString(Long.parseLong(length) - header))
                        .toList();
            case Origin.Elapsed elapsed ->
                List.of(millis(elapsed).setScale(3, RoundingMode.HALF_UP).toPlainString());
            case Origin.Count(var filter) ->
                List.of(Integer.toString(rows(filter, List.of()).size()));
            case Origin.Sum sum -> List.of(Long.toString(sum(sum)));
            case Origin.Most(var field, var filter) ->
                List.of(Long.toString(numbers(field, filter).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0)));
            case Origin.Rate(var octets, var time) ->
                List.of(rate(sum(octets) / millis(time).doubleValue() * 1000));
        };
    }

    private static String rate(double perSecond) {
        return perSecond >= 100e6
                ? Math.round(perSecond / 1e6) + " MB/s"
                : perSecond >= 1e6
                        ? Math.round(perSecond / 1e5) / 10.0 + " MB/s"
                        : Math.round(perSecond / 100) / 10.0 + " kB/s";
    }

    private List<String> of(int frame, String field) {
        var cells = columns.getOrDefault(field.equals(NUMBER) ? TIME : field, Map.of())
                .getOrDefault(frame, List.of());
        return field.equals(NUMBER) && !cells.isEmpty() ? List.of(Integer.toString(frame)) : cells;
    }

    private BigDecimal millis(Origin.Elapsed elapsed) {
        Function<Integer, BigDecimal> time =
                frame -> new BigDecimal(of(frame, TIME).getFirst());
        return time.apply(elapsed.to()).subtract(time.apply(elapsed.from())).movePointRight(3);
    }

    private long sum(Origin.Sum sum) throws IOException, ExitException {
        return numbers(sum.field(), sum.filter()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<Long> numbers(String field, String filter) throws IOException, ExitException {
        return rows(filter, List.of(field)).stream()
                .flatMap(row -> Arrays.stream(row.get(1).split("\u0001", -1)))
                .filter(value -> !value.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /// Of each frame that passes a filter: its number, and its fields.
    private List<List<String>> rows(String filter, List<String> fields) throws IOException, ExitException {
        var options = new ArrayList<>(List.of("-Y", filter, "-T", "fields", "-E", "aggregator=\u0001", "-E"));
        options.addAll(List.of("separator=\u0002", "-e", NUMBER));
        fields.forEach(field -> options.addAll(List.of("-e", field)));
        var rows = new ArrayList<List<String>>();
        tshark.read(
                capture,
                options,
                lines -> lines.lines()
                        .map(line -> List.of(line.split("\u0002", -1)))
                        .forEach(rows::add));
        return rows;
    }

    /// The same text, or the same number in another form: `1,200` and `1200`, `0.03` and `0.030000000`.
    private static boolean same(String shown, String truth) {
        return shown.equals(truth) || number(shown).equals(number(truth));
    }

    private static String number(String text) {
        var plain = text.replace(",", "");
        return plain.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(plain).stripTrailingZeros().toPlainString()
                : text;
    }
}
