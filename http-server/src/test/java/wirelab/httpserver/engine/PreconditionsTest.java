package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static wirelab.httpserver.engine.Preconditions.Outcome.FAILED;
import static wirelab.httpserver.engine.Preconditions.Outcome.NOT_MODIFIED;
import static wirelab.httpserver.engine.Preconditions.Outcome.PERFORM;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wirelab.http.HttpDate;
import wirelab.http.HttpHeaders;
import wirelab.httpserver.engine.Preconditions.Outcome;

/// In the order of RFC 9110 section 13.2.2.
class PreconditionsTest {
    private static final Instant NOW = TestConnection.NOW;
    private static final Resource.Representation FILE = TestConnection.file();
    private static final String TAG = FILE.tag().toString();
    private static final String OTHER = "\"other\"";
    private static final String SAME = HttpDate.format(FILE.modifiedSecond());
    private static final String BEFORE = HttpDate.format(FILE.modifiedSecond().minusSeconds(1));
    private static final String AFTER = HttpDate.format(FILE.modifiedSecond().plusSeconds(1));

    private static Outcome of(String... headers) {
        return Preconditions.evaluate(HttpHeaders.of(headers), FILE, NOW);
    }

    @Test
    void withoutAnyItIsPerformed() {
        assertThat(of()).isEqualTo(PERFORM);
    }

    @Nested
    class Step1IfMatch {
        @Test
        void holdsForTheSameStrongTag() {
            assertThat(of("If-Match", TAG)).isEqualTo(PERFORM);
            assertThat(of("If-Match", OTHER + ", " + TAG)).isEqualTo(PERFORM);
            assertThat(of("If-Match", OTHER, "If-Match", TAG)).isEqualTo(PERFORM);
            assertThat(of("If-Match", "*")).isEqualTo(PERFORM);
        }

        @Test
        void failsForAnotherOrAWeakOne() {
            assertThat(of("If-Match", OTHER)).isEqualTo(FAILED);
            assertThat(of("If-Match", "W/" + TAG)).isEqualTo(FAILED);
            assertThat(of("If-Match", "")).isEqualTo(FAILED);
            assertThat(of("If-Match", "nonsense")).isEqualTo(FAILED);
        }

        @Test
        void makesIfUnmodifiedSinceCountForNothing() {
            assertThat(of("If-Match", TAG, "If-Unmodified-Since", BEFORE)).isEqualTo(PERFORM);
        }

        @Test
        void comesBeforeIfNoneMatch() {
            assertThat(of("If-Match", OTHER, "If-None-Match", TAG)).isEqualTo(FAILED);
            assertThat(of("If-Match", TAG, "If-None-Match", TAG)).isEqualTo(NOT_MODIFIED);
        }
    }

    @Nested
    class Step2IfUnmodifiedSince {
        @Test
        void failsIfTheFileIsNewer() {
            assertThat(of("If-Unmodified-Since", BEFORE)).isEqualTo(FAILED);
            assertThat(of("If-Unmodified-Since", SAME)).isEqualTo(PERFORM);
            assertThat(of("If-Unmodified-Since", AFTER)).isEqualTo(PERFORM);
        }

        @Test
        void isIgnoredIfItIsNoDate() {
            assertThat(of("If-Unmodified-Since", "yesterday")).isEqualTo(PERFORM);
            assertThat(of("If-Unmodified-Since", BEFORE, "If-Unmodified-Since", BEFORE))
                    .isEqualTo(PERFORM);
        }
    }

    @Nested
    class Step3IfNoneMatch {
        @Test
        void isGoodForTheSameTagEvenIfWeak() {
            assertThat(of("If-None-Match", TAG)).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-None-Match", "W/" + TAG)).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-None-Match", OTHER + ",W/" + TAG)).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-None-Match", "*")).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-None-Match", OTHER)).isEqualTo(PERFORM);
        }

        @Test
        void makesIfModifiedSinceCountForNothing() {
            assertThat(of("If-None-Match", OTHER, "If-Modified-Since", SAME)).isEqualTo(PERFORM);
            assertThat(of("If-None-Match", TAG, "If-Modified-Since", BEFORE)).isEqualTo(NOT_MODIFIED);
        }
    }

    @Nested
    class Step4IfModifiedSince {
        @Test
        void isGoodUnlessTheFileIsNewer() {
            assertThat(of("If-Modified-Since", SAME)).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-Modified-Since", AFTER)).isEqualTo(NOT_MODIFIED);
            assertThat(of("If-Modified-Since", BEFORE)).isEqualTo(PERFORM);
        }

        @Test
        void isIgnoredIfItIsNoDate() {
            assertThat(of("If-Modified-Since", "0")).isEqualTo(PERFORM);
            assertThat(of("If-Modified-Since", SAME, "If-Modified-Since", SAME)).isEqualTo(PERFORM);
        }
    }

    @Nested
    class Step5IfRange {
        private static boolean counts(String... headers) {
            return Preconditions.rangeCounts(HttpHeaders.of(headers), FILE, NOW);
        }

        @Test
        void takesOnlyTheSameStrongTag() {
            assertThat(counts()).isTrue();
            assertThat(counts("If-Range", TAG)).isTrue();
            assertThat(counts("If-Range", OTHER)).isFalse();
            assertThat(counts("If-Range", "W/" + TAG)).isFalse();
            assertThat(counts("If-Range", TAG + ", " + TAG)).isFalse();
            assertThat(counts("If-Range", "*")).isFalse();
            assertThat(counts("If-Range", "")).isFalse();
            assertThat(counts("If-Range", TAG, "If-Range", TAG)).isFalse();
        }

        @Test
        void takesOnlyExactlyTheSameDate() {
            assertThat(counts("If-Range", SAME)).isTrue();
            assertThat(counts("If-Range", BEFORE)).isFalse();
            assertThat(counts("If-Range", AFTER)).isFalse();
        }

        @Test
        void takesNoDateOfThisVerySecond() {
            var headers = HttpHeaders.of("If-Range", SAME);
            assertThat(Preconditions.rangeCounts(
                            headers, FILE, FILE.modifiedSecond().plusMillis(999)))
                    .isFalse();
            assertThat(Preconditions.rangeCounts(
                            headers, FILE, FILE.modifiedSecond().plusSeconds(1)))
                    .isTrue();
        }
    }
}
