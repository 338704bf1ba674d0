/// Tools for the tests of every module: seeds, golden packets, programs under test.
@NullMarked
package wirelab.testing;

import org.jspecify.annotations.NullMarked;
