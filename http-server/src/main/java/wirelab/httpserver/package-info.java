/// A static file server for HTTP/1.1: the shell of sockets and threads round `engine` and `files`.
@NullMarked
package wirelab.httpserver;

import org.jspecify.annotations.NullMarked;
