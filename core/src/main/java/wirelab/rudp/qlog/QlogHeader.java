package wirelab.rudp.qlog;

import java.time.Instant;
import java.util.HexFormat;

/// What a trace says of itself. Immutable.
///
/// @param vantage whose view it is
/// @param name the program that writes it
/// @param title one line for people
/// @param connection the client's id of the connection, the same in the traces of both ends
/// @param reference the wall clock's time at which the trace begins; times of events count from there
public record QlogHeader(Vantage vantage, String name, String title, long connection, Instant reference) {
    /// An end of a connection.
    public enum Vantage {
        CLIENT,
        SERVER;

        String word() {
            return this == CLIENT ? "client" : "server";
        }
    }

    /// The record with which a trace begins.
    String record() {
        var id = HexFormat.of().toHexDigits(connection);
        var out = new QlogRecord();
        out.text("qlog_format", "JSON-SEQ").text("qlog_version", "0.3").text("title", title);
        out.open("trace").open("vantage_point").text("name", name).text("type", vantage.word());
        out.close().open("common_fields").text("ODCID", id).text("group_id", id);
        out.names("protocol_type", "RUDP").text("time_format", "relative");
        return out.millis("reference_time", reference.toEpochMilli() * 1_000_000)
                .end();
    }
}
