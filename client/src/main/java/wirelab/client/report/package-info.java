/// What happened in a capture, in sentences: who is who, the phases, each packet, what is odd. Frames in, report out;
/// nothing here knows a file, a process or a clock.
@NullMarked
package wirelab.client.report;

import org.jspecify.annotations.NullMarked;
