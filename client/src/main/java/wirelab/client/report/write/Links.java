package wirelab.client.report.write;

import java.util.Optional;
import wirelab.client.report.Spec;

/// Where a document can be read.
final class Links {
    private Links() {}

    /// An RFC's section at the RFC editor; ours have none, since nobody knows where a report will lie.
    static Optional<String> of(Spec spec) {
        if (!spec.document().startsWith("RFC ")) {
            return Optional.empty();
        }
        var page = "https://www.rfc-editor.org/rfc/rfc" + spec.document().substring("RFC ".length());
        return Optional.of(spec.section().matches("[0-9.]+") ? page + "#section-" + spec.section() : page);
    }
}
