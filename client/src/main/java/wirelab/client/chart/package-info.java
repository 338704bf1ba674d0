/// Charts as SVG: what is to be shown, and how it is drawn.
@NullMarked
package wirelab.client.chart;

import org.jspecify.annotations.NullMarked;
