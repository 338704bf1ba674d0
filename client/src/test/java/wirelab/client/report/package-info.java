/// Tests of reports.
@NullMarked
package wirelab.client.report;

import org.jspecify.annotations.NullMarked;
