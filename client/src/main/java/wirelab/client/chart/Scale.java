package wirelab.client.chart;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// An axis from zero to a round number, with round steps. Immutable.
///
/// @param top the highest value that fits
/// @param step between two lines of the grid
record Scale(double top, double step) {
    /// The axis for values up to `highest`, with some `steps` lines.
    static Scale upTo(double highest, int steps) {
        double wanted = (highest > 0 ? highest : 1) / steps;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double digit = wanted / power;
        double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        return new Scale(Math.ceil((highest > 0 ? highest : 1) / step - 1e-9) * step, step);
    }

    /// An axis that ends where the values do.
    static Scale exactly(double highest, int steps) {
        return new Scale(highest > 0 ? highest : 1, upTo(highest, steps).step());
    }

    double[] ticks() {
        int count = (int) Math.floor(top / step + 1e-9);
        return DoubleStream.iterate(0, tick -> tick + 1)
                .limit(count + 1L)
                .map(tick -> tick * step)
                .toArray();
    }

    /// A tick in as few digits as its step needs.
    String label(double tick) {
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
    }
}
