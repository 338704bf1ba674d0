package wirelab.client.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import wirelab.client.chart.Series.Look;
import wirelab.client.chart.Series.Point;

class ChartTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 0.5", "3, 3, 1", "97, 100, 50", "1448, 1500, 500", "0.021, 0.03, 0.01"})
    void anAxisEndsAtARoundNumber(double highest, double top, double step) {
        var scale = Scale.upTo(highest, 4);
        assertThat(scale.top()).isGreaterThanOrEqualTo(highest).isCloseTo(top, within(top / 1e6));
        assertThat(scale.step()).isCloseTo(step, within(step / 1e6));
    }

    @Test
    void aTickHasNoMoreDigitsThanItsStep() {
        assertThat(new Scale(1500, 500).label(1000)).isEqualTo("1,000");
        assertThat(new Scale(0.025, 0.005).label(0.015)).isEqualTo("0.015");
        assertThat(new Scale(1, 0.5).label(0.5)).isEqualTo("0.5");
    }

    @Test
    void aNoteOfTwoLinesMovesThePanelsDown() throws Exception {
        var panels = List.of(new Panel("Goodput", "Mbit/s", List.of(ramp("rudp", Look.LINE))));
        var document = parsed(new Chart("title", "one\ntwo", panels).svg());
        assertThat(texts(document)).contains("one", "two");
        var curve = elements(document, "path").stream()
                .filter(path -> path.getElementsByTagName("title").getLength() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(curve.getAttribute("d")).startsWith("M76.0 262.0L");
    }

    @Test
    void everyPanelAndEveryNameIsDrawnAndEscaped() throws Exception {
        var chart = new Chart(
                "50MB.zip <over> RUDP",
                "loss=5% & delay",
                List.of(
                        new Panel("Goodput", "Mbit/s", List.of(ramp("rudp", Look.LINE), ramp("http", Look.STEPS))),
                        new Panel("Losses", "", List.of(ramp("lost", Look.MARKS)))));
        var document = parsed(chart.svg());
        assertThat(texts(document))
                .contains(
                        "50MB.zip <over> RUDP", "loss=5% & delay", "Goodput, Mbit/s", "rudp", "http", "Losses", "lost");
        var curves = elements(document, "path").stream()
                .filter(path -> path.getElementsByTagName("title").getLength() == 1)
                .toList();
        assertThat(curves)
                .extracting(path -> path.getAttribute("class"))
                .containsExactly("curve c0", "curve c1", "mark c0");
        assertThat(curves.getFirst().getAttribute("d")).startsWith("M76.0 244.0L");
        assertThat(curves.getLast()
                        .getAttribute("d")
                        .chars()
                        .filter(c -> c == 'M')
                        .count())
                .isEqualTo(11);
    }

    @Test
    void aChartOfNothingIsStillAChart() throws Exception {
        var chart = new Chart(
                "Nothing", "", List.of(new Panel("Empty", "ms", List.of(new Series("none", Look.LINE, List.of())))));
        assertThat(texts(parsed(chart.svg()))).contains("Nothing", "Empty, ms", "none");
    }

    @Test
    void aLongCurveIsThinnedAndKeepsItsPeaks() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 200_000; i++) {
            points.add(new Point(i / 1000.0, i == 123_456 ? 999 : i % 7));
        }
        var thinned = new Series("rtt", Look.LINE, points).thinned(200);
        assertThat(thinned.points()).hasSizeLessThan(4000).contains(new Point(123.456, 999));
        assertThat(thinned.points()).isSortedAccordingTo((left, right) -> Double.compare(left.x(), right.x()));
    }

    private static Series ramp(String name, Look look) {
        return new Series(
                name,
                look,
                IntStream.rangeClosed(0, 10).mapToObj(i -> new Point(i, 10 * i)).toList());
    }

    private static Offset<Double> within(double most) {
        return Offset.offset(most);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<String> texts(Document document) {
        return elements(document, "text").stream().map(Element::getTextContent).toList();
    }
}
