/// What the server reads from: the document root, and the cache of its small files.
@NullMarked
package wirelab.httpserver.files;

import org.jspecify.annotations.NullMarked;
