/// Checks that the modules keep to the structure that docs/architecture.md describes.
@NullMarked
package wirelab.architecture;

import org.jspecify.annotations.NullMarked;
