/// Traces of connections in qlog's format, which qvis and other tools read: events in, JSON text out.
///
/// @spec https://datatracker.ietf.org/doc/html/draft-ietf-quic-qlog-main-schema-02 qlog 0.3
@NullMarked
package wirelab.rudp.qlog;

import org.jspecify.annotations.NullMarked;
