package wirelab.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Options whose data have a form of their own.
class DhcpOptionTest {
    /// The example of RFC 3397 section 2, which points back to `apple.com`.
    @Test
    void searchedDomainsShareTheirEnds() throws MalformedException {
        var octets = Bytes.hex("03656e67056170706c6503636f6d00" + "096d61726b6574696e67c004");
        var option = new DhcpOption.DomainSearch(List.of("eng.apple.com", "marketing.apple.com"));
        assertThat(OptionCodec.encode(option)).isEqualTo(octets);
        assertThat(OptionCodec.decode(119, octets)).isEqualTo(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c000", "0361626c", "036c6162c003", "00", "0320202000", "03616263c0ff"})
    void aDomainThatIsNoneIsMalformed(String octets) {
        assertThatThrownBy(() -> OptionCodec.decode(119, Bytes.hex(octets))).isInstanceOf(MalformedException.class);
    }

    /// The table of RFC 3442, which also says how few octets a short prefix takes.
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,         00",
        "10.0.0.0/8,        080a",
        "10.0.0.0/24,       180a0000",
        "10.17.0.0/16,      100a11",
        "10.27.129.0/24,    180a1b81",
        "10.229.0.128/25,   190a e50080",
        "10.198.122.47/32,  200ac67a2f"
    })
    void aRouteTakesTheOctetsOfItsPrefix(String network, String octets) throws MalformedException {
        var option = new DhcpOption.ClasslessRoutes(List.of(new Route(Prefix.parse(network), Ipv4.of(0x0a141e01))));
        var data = Bytes.hex(octets.replace(" ", "") + "0a141e01");
        assertThat(OptionCodec.encode(option)).isEqualTo(data);
        assertThat(OptionCodec.decode(121, data)).isEqualTo(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "21 0a141e01 0a141e01", "18 0a14", "08 0a 0a141e"})
    void aRouteThatIsCutIsMalformed(String octets) {
        assertThatThrownBy(() -> OptionCodec.decode(121, Bytes.hex(octets.replace(" ", ""))))
                .isInstanceOf(MalformedException.class);
    }

    /// RFC 3046 section 2.0.
    @Test
    void theRelaysSubOptionsAreFoundAndWhatIsCutIsNot() {
        var relay = new DhcpOption.RelayAgentInformation(Bytes.hex("0104c0a80001" + "0203aabbcc" + "0609ff"));
        assertThat(relay.subOption(1)).contains(Bytes.hex("c0a80001"));
        assertThat(relay.subOption(2)).contains(Bytes.hex("aabbcc"));
        assertThat(relay.subOption(6)).isEmpty();
        assertThat(relay.subOption(5)).isEmpty();
    }

    @Test
    void aPrefixHasNoBitsAfterItsLength() {
        assertThat(Prefix.parse("10.20.30.0/24").mask()).isEqualTo(Ipv4.of(0xffffff00));
        assertThat(Prefix.parse("10.20.30.0/24").broadcast()).isEqualTo(Ipv4.of(0x0a141eff));
        assertThat(Prefix.parse("0.0.0.0/0").contains(Ipv4.BROADCAST)).isTrue();
        assertThatThrownBy(() -> Prefix.parse("10.20.30.1/24")).hasMessageContaining("say 10.20.30.0/24");
        assertThatThrownBy(() -> Prefix.parse("10.20.30.0")).hasMessageContaining("is not a network like");
    }
}
