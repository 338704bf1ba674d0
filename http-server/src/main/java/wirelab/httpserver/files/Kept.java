package wirelab.httpserver.files;

import java.util.Optional;

/// What is kept of a file, for all responses that need it.
sealed interface Kept permits Kept.Whole, MappedFile {
    /// For one response more, which closes its content at its end; empty once it is retired.
    Optional<Found> use();

    /// Lets it go when the last response that uses it has ended.
    void retire();

    /// A small file; the collector lets it go. Immutable.
    record Whole(Found found) implements Kept {
        @Override
        public Optional<Found> use() {
            return Optional.of(found);
        }

        @Override
        public void retire() {}
    }
}
