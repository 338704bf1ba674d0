package wirelab.client.chart;

import java.util.List;

/// Curves over one y axis. Immutable.
///
/// @param title what is shown
/// @param unit of the y axis, as `ms`
public record Panel(String title, String unit, List<Series> series) {
    public Panel {
        series = List.copyOf(series);
    }

    double highestY() {
        return series.stream().mapToDouble(Series::highestY).max().orElse(0);
    }

    double lastX() {
        return series.stream().mapToDouble(Series::lastX).max().orElse(0);
    }
}
