package wirelab.scrapserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.http.HttpHeaders;
import wirelab.http.HttpResponse;
import wirelab.http.HttpVersion;
import wirelab.scrap.FileDetails;
import wirelab.scrap.ScrapFailure;
import wirelab.scrap.ScrapFailure.Kind;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class ScrapEngineTest {
    private static final PageAddress ORIGIN = PageAddress.parse("http://127.0.0.1/");
    private static final Duration REFRESH = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final PageReply REFUSED = new PageReply.Failure(Kind.UNAVAILABLE, "cannot be had: refused");

    private final ScrapEngine engine = new ScrapEngine(ORIGIN, REFRESH, START);
    private Instant now = START;

    @Test
    void theFirstLookIsDueAtOnce() {
        assertThat(engine.deadline()).isEqualTo(START);
        assertThat(engine.tick(START.minusNanos(1))).isEmpty();
        assertThat(engine.tick(START)).isPresent();
    }

    @Test
    void theRequestIsSmallAndClosesTheConnection() {
        assertThat(ask().http().encode().toLatin1()).isEqualTo("""
                        GET / HTTP/1.1\r
                        Host: 127.0.0.1\r
                        User-Agent: wirelab/0.1\r
                        Accept: text/html\r
                        Accept-Encoding: identity\r
                        Connection: close\r
                        \r
                        """);
    }

    @Test
    void onlyOneRequestIsUnderWay() {
        ask();
        assertThat(engine.tick(now.plusSeconds(60))).isEmpty();
        assertThat(engine.deadline()).isEqualTo(Instant.MAX);
    }

    @Test
    void aReplyToNoRequestIsAFaultOfOurs() {
        assertThatThrownBy(() -> engine.handle(REFUSED, now)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatThePageLinksToIsTheList() {
        assertThat(look(page("50MB.zip", "task2.pdf")))
                .isEqualTo(new Outcome.Changed(files("50MB.zip", "task2.pdf"), ORIGIN));
        assertThat(engine.reply()).isEqualTo(files("50MB.zip", "task2.pdf"));
    }

    @Test
    void aPageWithoutFilesIsAnEmptyList() {
        look(page());
        assertThat(engine.reply()).isEqualTo(files());
    }

    @Test
    void theNextLookComesAfterTheRefresh() {
        look(page("a"));
        assertThat(engine.deadline()).isEqualTo(now.plus(REFRESH));
    }

    @Test
    void theSameFilesAreNoChange() {
        look(page("a"));
        assertThat(look(page("a"))).isEqualTo(new Outcome.Unchanged(false));
        assertThat(look(page("a", "b"))).isEqualTo(new Outcome.Changed(files("a", "b"), ORIGIN));
    }

    @Test
    void hurryMakesTheNextLookDueNow() {
        look(page("a"));
        engine.hurry(now);
        assertThat(engine.tick(now)).isPresent();
    }

    @Test
    void hurryDoesNotDisturbARequestUnderWay() {
        ask();
        engine.hurry(now);
        assertThat(engine.tick(now)).isEmpty();
    }

    @Test
    void warmingUpChangesNothing() {
        engine.warmUp();
        assertThat(engine.reply()).isInstanceOf(ScrapFailure.class);
        assertThat(engine.deadline()).isEqualTo(START);
    }

    @Nested
    class Conditions {
        @Test
        void whatTheServerCalledThePageIsSentBack() {
            look(page(List.of("a"), "ETag", "W/\"x\""));
            assertThat(ask().http().headers().first("If-None-Match")).contains("W/\"x\"");
        }

        @Test
        void notModifiedLeavesTheList() {
            look(page(List.of("a"), "ETag", "\"x\""));
            assertThat(look(status(304))).isEqualTo(new Outcome.Unchanged(false));
            assertThat(engine.reply()).isEqualTo(files("a"));
            assertThat(engine.deadline()).isEqualTo(now.plus(REFRESH));
        }

        @Test
        void notModifiedToNoConditionIsTheServersFault() {
            assertThat(look(status(304))).isInstanceOf(Outcome.Failed.class);
        }

        /// RFC 9110 section 8.8.2.2: in the second of its change, a page can change again under the same date.
        @ParameterizedTest
        @CsvSource({"12:00:00, false", "12:00:01, true", "13:00:00, true"})
        void aDateCountsOnlyIfItWasOldWhenTheResponseWasMade(String made, boolean counts) {
            look(page(
                    List.of("a"),
                    "Date",
                    "Tue, 24 Nov 2026 " + made + " GMT",
                    "Last-Modified",
                    "Tue, 24 Nov 2026 12:00:00 GMT"));
            assertThat(ask().http().headers().has("If-Modified-Since")).isEqualTo(counts);
        }

        @Test
        void aDateThatIsNoneDoesNotCount() {
            look(page(List.of("a"), "Date", "Tue, 24 Nov 2026 12:00:00 GMT", "Last-Modified", "yesterday"));
            assertThat(ask().isConditional()).isFalse();
        }

        @Test
        void aPageThatSaysNothingAnyMoreIsAskedForWithoutCondition() {
            look(page(List.of("a"), "ETag", "\"x\""));
            look(page("a"));
            assertThat(ask().isConditional()).isFalse();
        }
    }

    @Nested
    class Redirects {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void areFollowedAtOnce(int status) {
            assertThat(look(moved(status, "/pub/"))).isEqualTo(new Outcome.Moved(address("/pub/")));
            assertThat(engine.deadline()).isBefore(now);
            assertThat(look(page("a"))).isEqualTo(new Outcome.Changed(files("a"), address("/pub/")));
        }

        @Test
        void startAtTheOriginEachTime() {
            look(moved(302, "/pub/"));
            look(page(List.of("a"), "ETag", "\"x\""));
            assertThat(look(moved(302, "/pub/"))).isInstanceOf(Outcome.Moved.class);
            assertThat(ask().http().headers().first("If-None-Match")).contains("\"x\"");
        }

        @Test
        void carryTheConditionOnlyToThePageItIsFor() {
            look(moved(302, "/pub/"));
            look(page(List.of("a"), "ETag", "\"x\""));
            look(moved(302, "/new/"));
            assertThat(ask().isConditional()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.2/",
                    "http://127.0.0.1:8080/",
                    "https://127.0.0.1/",
                    "//example.com/",
                    "file:///etc/passwd"
                })
        void toAnotherServerAreNot(String location) {
            assertThat(look(moved(301, location))).isInstanceOf(Outcome.Failed.class);
            assertThat(engine.deadline()).isAfter(now);
        }

        @Test
        void withoutALocationAreAFailure() {
            assertThat(look(status(302))).isInstanceOf(Outcome.Failed.class);
        }

        @Test
        void inCirclesEnd() {
            for (int i = 0; i < 5; i++) {
                assertThat(look(moved(302, "/"))).isInstanceOf(Outcome.Moved.class);
            }
            assertThat(look(moved(302, "/"))).isInstanceOf(Outcome.Failed.class);
            assertThat(engine.deadline()).isAfter(now);
        }
    }

    @Nested
    class Failures {
        @Test
        void areToldWhileThereIsNoList() {
            assertThat(engine.reply())
                    .isEqualTo(new ScrapFailure(Kind.UNAVAILABLE, "http://127.0.0.1/ has not answered yet"));
            look(REFUSED);
            assertThat(engine.reply())
                    .isEqualTo(new ScrapFailure(Kind.UNAVAILABLE, "http://127.0.0.1/ cannot be had: refused"));
        }

        @Test
        void doNotTouchAListThatIsThere() {
            look(page("a"));
            look(REFUSED);
            assertThat(engine.reply()).isEqualTo(files("a"));
        }

        @Test
        void areNewsWhenTheyBeginAndWhenTheReasonChanges() {
            assertThat(news(REFUSED)).isTrue();
            assertThat(news(REFUSED)).isFalse();
            assertThat(news(status(503))).isTrue();
            assertThat(news(status(503))).isFalse();
            look(page("a"));
            assertThat(news(status(503))).isTrue();
        }

        @Test
        void endWithALineThatSaysSo() {
            look(page("a"));
            look(REFUSED);
            assertThat(look(page("a"))).isEqualTo(new Outcome.Unchanged(true));
            assertThat(look(page("a"))).isEqualTo(new Outcome.Unchanged(false));
        }

        @Test
        void areTriedAgainTwentyTimesASecondForFiveSecondsAndThenOnceASecond() {
            var pauses = new ArrayList<Long>();
            for (int i = 0; i < 107; i++) {
                look(REFUSED);
                pauses.add(Duration.between(now, engine.deadline()).toMillis());
            }
            assertThat(pauses.subList(0, 100)).containsOnly(50L);
            assertThat(pauses.subList(100, 107)).containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
        }

        @Test
        void neverWaitLongerHoweverManyThereAre() {
            for (int i = 0; i < 10_000; i++) {
                look(REFUSED);
            }
            assertThat(engine.deadline()).isEqualTo(now.plusSeconds(1));
        }

        @Test
        void areTriedAgainAfterTheRefreshOnceThereIsAList() {
            look(page("a"));
            look(REFUSED);
            assertThat(engine.deadline()).isEqualTo(now.plus(REFRESH));
        }

        @ParameterizedTest
        @CsvSource({
            "400, PROTOCOL",
            "404, PROTOCOL",
            "204, PROTOCOL",
            "206, PROTOCOL",
            "500, UNAVAILABLE",
            "503, UNAVAILABLE"
        })
        void areOfTheServersOrOfTheQuestionsMaking(int status, Kind kind) {
            assertThat(look(status(status))).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.reason().kind()).isEqualTo(kind);
                assertThat(failed.reason().text()).contains(Integer.toString(status));
            });
        }

        @Test
        void areWhatIsNotHtml() {
            var json = new PageReply.Response(head(200, "Content-Type", "application/json"), Bytes.ascii("{}"));
            assertThat(look(json))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason().text())
                                    .isEqualTo("http://127.0.0.1/ is not HTML but application/json"));
        }

        @Test
        void areAPageThatWouldFillTheMemory() {
            var page = new PageReply.Response(head(200), Bytes.ascii("<b>".repeat(IndexPage.MOST_TAGS + 1)));
            assertThat(look(page)).isInstanceOf(Outcome.Failed.class);
        }

        private boolean news(PageReply reply) {
            return look(reply) instanceof Outcome.Failed(var _, boolean news) && news;
        }
    }

    @Property(tries = 40)
    void whateverComesThereIsAlwaysANextLookAndNeverLessThanTheOldList(RandomGenerator random) {
        var replies = List.of(
                REFUSED,
                page("a"),
                page("b"),
                page(List.of("c"), "ETag", "\"x\""),
                status(304),
                status(503),
                status(404),
                moved(302, "/"),
                moved(301, "/pub/"),
                moved(302, "http://127.0.0.2/"));
        boolean listed = false;
        for (int i = 0; i < 100; i++) {
            var outcome = look(replies.get(random.nextInt(replies.size())));
            listed |= outcome instanceof Outcome.Changed;
            assertThat(engine.reply() instanceof FileDetails).isEqualTo(listed);
            assertThat(engine.deadline()).isBeforeOrEqualTo(now.plus(REFRESH));
            now = now.plusMillis(random.nextInt(20));
        }
    }

    /// Waits until a look is due, and lets `reply` be what comes of it.
    private Outcome look(PageReply reply) {
        ask();
        return engine.handle(reply, now);
    }

    private PageRequest ask() {
        if (engine.deadline().isAfter(now)) {
            now = engine.deadline();
        }
        return engine.tick(now).orElseThrow();
    }

    private static FileDetails files(String... names) {
        return new FileDetails(Stream.of(names).map(FileDetails.Entry::of).toList());
    }

    private static PageAddress address(String path) {
        return PageAddress.parse("http://127.0.0.1" + path);
    }

    private static PageReply page(String... names) {
        return page(List.of(names));
    }

    private static PageReply page(List<String> names, String... fields) {
        var html = new StringBuilder();
        names.forEach(name -> html.append("<a href='").append(name).append("'>x</a>"));
        return new PageReply.Response(head(200, fields), Bytes.utf8(html.toString()));
    }

    private static PageReply moved(int status, String location) {
        return new PageReply.Response(head(status, "Location", location), Bytes.EMPTY);
    }

    private static PageReply status(int status) {
        return new PageReply.Response(head(status), Bytes.EMPTY);
    }

    private static HttpResponse head(int status, String... fields) {
        return new HttpResponse(HttpVersion.HTTP_1_1, status, "", HttpHeaders.of(fields));
    }
}
