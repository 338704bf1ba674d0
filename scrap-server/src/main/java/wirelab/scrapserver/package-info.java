/// The scrap server: reads the index page of an HTTP server, and tells over TCP which files it lists.
@NullMarked
package wirelab.scrapserver;

import org.jspecify.annotations.NullMarked;
