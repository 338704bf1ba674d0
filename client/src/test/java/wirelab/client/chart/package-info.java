/// Tests of the charts.
@NullMarked
package wirelab.client.chart;

import org.jspecify.annotations.NullMarked;
