package wirelab.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.dns.DnsName;
import wirelab.dns.Rdata;
import wirelab.dns.RecordType;
import wirelab.wire.Bytes;

class RecordTextTest {
    /// The examples of RFC 5952 sections 4 and 5, and the ends.
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:0:0:0:AB, 2001:db8::ab",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::"
    })
    void writesIpv6InItsOneShortForm(String given, String written) {
        assertThat(RecordText.of(new Rdata.Aaaa((Inet6Address) Inet6Address.ofLiteral(given))))
                .isEqualTo(written);
    }

    @Test
    void writesDataOfATypeThatOnlyDnsjavaKnowsAsPeopleDo() {
        var caa = new Rdata.Unknown(new RecordType(257), Bytes.hex("0005697373756563612e6578616d706c65"));
        assertThat(RecordText.of(caa)).isEqualTo("0 issue \"ca.example\"");
    }

    @Test
    void writesDataOfATypeThatNobodyKnowsInHexadecimal() {
        var data = new Rdata.Unknown(new RecordType(65280), Bytes.hex("0a0b0c"));
        assertThat(RecordText.of(data)).isEqualTo("\\# 3 0A0B0C");
    }

    @Test
    void writesDataThatIsNotOfItsTypeInHexadecimal() {
        var data = new Rdata.Unknown(new RecordType(257), Bytes.hex("00"));
        assertThat(RecordText.of(data)).isEqualTo("\\# 1 00");
    }

    @Test
    void disarmsWhatIsInText() {
        var text = new Rdata.Txt(List.of(Bytes.of(0x1b, '[', '2', 'J', '"')));
        assertThat(RecordText.of(text)).isEqualTo("\"\\027[2J\\\"\"");
    }

    @Test
    void writesTheRootAsADot() {
        assertThat(RecordText.of(DnsName.ROOT)).isEqualTo(".");
        assertThat(RecordText.of(DnsName.of("example.com"))).isEqualTo("example.com.");
    }
}
