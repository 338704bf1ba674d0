/// What the server is told to serve: networks, their pools and hosts, and what their clients are told.
@NullMarked
package wirelab.dhcpserver.engine.network;

import org.jspecify.annotations.NullMarked;
