package wirelab.dnsserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.dns.Edns;
import wirelab.wire.Bytes;

class CookiesTest {
    private static final long WHEN = 1_559_731_985;

    private final Cookies cookies = new Cookies(SipHash.of(Bytes.hex("e5e973e5a6b2a43f48e7dc849e37bfcf")));

    private static Client client(String address, long seconds) {
        return new Client(Carrier.UDP, Inet4Address.ofLiteral(address), seconds, true);
    }

    private static Edns.Option option(String hex) {
        return new Edns.Option(Edns.Option.COOKIE, Bytes.hex(hex));
    }

    /// RFC 9018 appendices A.1 and A.2.
    @Test
    void cookiesAreThoseOfTheRfcsExamples() {
        assertThat(cookies.answer(option("2464c4abcf10c957"), client("198.51.100.100", WHEN)))
                .isEqualTo(option("2464c4abcf10c957010000005cf79f111f8130c3eee29480"));
        assertThat(cookies.answer(
                        option("2464c4abcf10c957010000005cf79f111f8130c3eee29480"),
                        client("198.51.100.100", 1_559_734_385)))
                .isEqualTo(option("2464c4abcf10c957010000005cf7a871d4a564a1442aca77"));
    }

    @Test
    void ourOwnIsKnownAgainForAnHourAtItsAddress() {
        var ours = cookies.answer(option("2464c4abcf10c957"), client("198.51.100.100", WHEN));
        assertThat(cookies.isOurs(ours, client("198.51.100.100", WHEN + 3600))).isTrue();
        assertThat(cookies.isOurs(ours, client("198.51.100.100", WHEN - 300))).isTrue();
        assertThat(cookies.isOurs(ours, client("198.51.100.100", WHEN + 3601))).isFalse();
        assertThat(cookies.isOurs(ours, client("198.51.100.100", WHEN - 301))).isFalse();
        assertThat(cookies.isOurs(ours, client("198.51.100.101", WHEN))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2464c4abcf10c957",
                "2464c4abcf10c957020000005cf79f111f8130c3eee29480",
                "2464c4abcf10c957010000005cf79f111f8130c3eee29481"
            })
    void whatWeHaveNotGivenIsNotOurs(String hex) {
        assertThat(cookies.isOurs(option(hex), client("198.51.100.100", WHEN))).isFalse();
    }

    @Test
    void aCookieHasEightOctetsOrSixteenToForty() {
        for (int size = 0; size < 50; size++) {
            assertThat(Cookies.hasForm(new Edns.Option(Edns.Option.COOKIE, Bytes.copyOf(new byte[size]))))
                    .as("%d octets", size)
                    .isEqualTo(size == 8 || (size >= 16 && size <= 40));
        }
    }
}
