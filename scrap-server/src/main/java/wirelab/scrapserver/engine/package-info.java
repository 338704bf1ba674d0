/// What the scrap server knows: which links of a page are files, and when to look at the page again.
@NullMarked
package wirelab.scrapserver.engine;

import org.jspecify.annotations.NullMarked;
