/// Zone files: text in, a zone out, and errors that say where.
@NullMarked
package wirelab.dnsserver.zonefile;

import org.jspecify.annotations.NullMarked;
