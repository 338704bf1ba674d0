package wirelab.dnsserver.engine.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.dns.DnsName;
import wirelab.wire.Bytes;

class Nsec3HashTest {
    private final Nsec3Hash hash = Nsec3Hash.of(Bytes.hex("0100000c04aabbccdd"));

    /// RFC 5155 appendix A.
    @ParameterizedTest
    @CsvSource({
        "example, 0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM",
        "a.example, 35MTHGPGCU1QG68FAB165KLNSNK3DPVL",
        "ai.EXAMPLE, GJEQE526PLBF1G8MKLP59ENFD789NJGI",
        "*.w.example, R53BQ7CC2UVMUBFU5OCMM6PERS9TK9EN"
    })
    void namesAreHashedAsInTheRfcsExample(String name, String label) {
        assertThat(hash.label(DnsName.of(name))).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01000000", "0100000004aabbcc"})
    void dataThatEndsEarlyIsRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> Nsec3Hash.of(Bytes.hex(hex)));
    }
}
