package wirelab.client.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import wirelab.client.capture.Application.HttpRequest;
import wirelab.client.capture.Application.HttpResponse;
import wirelab.client.capture.Capture;
import wirelab.client.capture.Connection;
import wirelab.client.capture.Content.RudpMessage;
import wirelab.client.lint.Finding.Kind;
import wirelab.client.report.SizeInName;

/// What is looked for in all of a report, not claim by claim. Immutable.
record WholeReport(String report, Capture capture) {
    /// Names of the list that the report writes otherwise: names of files are told apart by case.
    List<Finding> names() {
        var findings = new ArrayList<Finding>();
        Map<String, Integer> listed = new LinkedHashMap<>();
        for (var frame : capture.frames()) {
            if (frame.content() instanceof RudpMessage message) {
                message.names().forEach(name -> listed.putIfAbsent(name, frame.number()));
            }
        }
        var lines = report.lines().toList();
        listed.forEach((name, frame) -> {
            var other = Pattern.compile("(?i)(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])");
            for (int i = 0; i < lines.size(); i++) {
                var found = other.matcher(lines.get(i));
                while (found.find()) {
                    if (!found.group().equals(name) && !listed.containsKey(found.group())) {
                        findings.add(new Finding(
                                Kind.WRONG,
                                i + 1,
                                List.of(frame),
                                found.group() + ": in the list of packet " + frame + " it is " + name));
                    }
                }
            }
        });
        return findings;
    }

    /// Files whose size is not what their name says, where the report does not tell the size.
    List<Finding> sizes() {
        var findings = new ArrayList<Finding>();
        for (var connection : capture.connections()) {
            var name = "";
            for (var frame : connection.frames()) {
                var application = Connection.segment(frame).application();
                if (application instanceof HttpRequest request) {
                    name = request.target().replaceFirst("^/", "");
                } else if (application instanceof HttpResponse response
                        && response.status() == 200
                        && SizeInName.belies(name, response.contentLength())
                        && report.contains(name)
                        && !tells(response.contentLength())) {
                    findings.add(new Finding(
                            Kind.DOUBTFUL,
                            0,
                            List.of(frame.number()),
                            name
                                    + " has %,d octets, as packet %d says; the report does not say that its name is wrong"
                                            .formatted(response.contentLength().orElseThrow(), frame.number())));
                }
            }
        }
        return findings;
    }

    private boolean tells(OptionalLong octets) {
        return octets.isEmpty()
                || report.replaceAll("(?<=\\d)[,.\u2009\u00a0' ](?=\\d{3})", "")
                        .contains(Long.toString(octets.getAsLong()));
    }
}
