/// Holds a student's report against the capture that it is about. Knows no file; text and frames are handed in.
@NullMarked
package wirelab.client.lint;

import org.jspecify.annotations.NullMarked;
