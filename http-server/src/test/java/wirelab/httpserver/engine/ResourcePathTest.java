package wirelab.httpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.http.HttpStatus;
import wirelab.http.MalformedHttpException;
import wirelab.testing.Property;

class ResourcePathTest {
    @Test
    void isTakenApartAndDecoded() throws MalformedHttpException {
        assertThat(ResourcePath.of("/")).isEqualTo(new ResourcePath(List.of(), true));
        assertThat(ResourcePath.of("/a%20b/%C3%BC")).isEqualTo(new ResourcePath(List.of("a b", "\u00fc"), false));
        assertThat(ResourcePath.of("/a/")).isEqualTo(new ResourcePath(List.of("a"), true));
        assertThat(ResourcePath.of("/a+b;c=d")).isEqualTo(new ResourcePath(List.of("a+b;c=d"), false));
        assertThat(ResourcePath.of("/%2541").segments()).containsExactly("%41");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/..",
                "/.",
                "/a/../b",
                "/%2e%2E",
                "/.%2e/",
                "/a%2fb",
                "/a%5Cb",
                "/a\\b",
                "/%00",
                "/%",
                "/%4",
                "/%g0",
                "/%ff",
                "/%c0%af",
                "/%ed%a0%80"
            })
    void whatLeadsElsewhereOrIsBadlyEncodedIs400(String path) {
        assertRefused(path, HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//a", "/a//b", "/a//"})
    void anEmptyNameIs404(String path) {
        assertRefused(path, HttpStatus.NOT_FOUND);
    }

    private static void assertRefused(String path, HttpStatus status) {
        assertThatThrownBy(() -> {
                    var _ = ResourcePath.of(path);
                })
                .isInstanceOfSatisfying(
                        MalformedHttpException.class,
                        e -> assertThat(e.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "a\\b", "\0"})
    void cannotEvenBeMadeOfSuchNames(String name) {
        assertThatThrownBy(() -> new ResourcePath(List.of("a", name), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 1000)
    void isRefusedOrStaysUnderTheRootWhoeverJoinsIt(RandomGenerator random) {
        var parts =
                List.of("/", ".", "..", "%2e", "%2f", "%5c", "\\", "%00", "a", "%", "%25", "c:", "~", ";", "\u00fc");
        var path = new StringBuilder("/");
        for (int i = random.nextInt(12); i > 0; i--) {
            path.append(parts.get(random.nextInt(parts.size())));
        }
        try {
            var segments = ResourcePath.of(path.toString()).segments();
            var root = Path.of("/srv/files");
            var joined = root.resolve(String.join("/", segments)).normalize();
            assertThat(joined.startsWith(root)).isTrue();
            assertThat(joined.getNameCount()).isEqualTo(root.getNameCount() + segments.size());
        } catch (MalformedHttpException e) {
            assertThat(e.status()).isIn(HttpStatus.BAD_REQUEST, HttpStatus.NOT_FOUND);
        }
    }

    @Property
    void whatIsEncodedIsReadAgain(RandomGenerator random) throws MalformedHttpException {
        var names = new ArrayList<String>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            var name = new StringBuilder("x");
            for (int j = random.nextInt(8); j > 0; j--) {
                int c = random.nextInt(1, 0x3000);
                name.appendCodePoint(c == '/' || c == '\\' ? '%' : c);
            }
            names.add(name.toString());
        }
        var path = new ResourcePath(names, random.nextBoolean());
        assertThat(ResourcePath.of(path.encoded())).isEqualTo(path);
    }

    @Test
    void isHiddenBelowAnyNameThatBeginsWithADot() throws MalformedHttpException {
        assertThat(ResourcePath.of("/a/.git/b").isHidden()).isTrue();
        assertThat(ResourcePath.of("/a/%2egit").isHidden()).isTrue();
        assertThat(ResourcePath.of("/a./b..c").isHidden()).isFalse();
    }
}
