package wirelab.dnsserver.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Rcode;
import wirelab.dns.RecordType;
import wirelab.dns.tsig.TsigAlgorithm;
import wirelab.dns.tsig.TsigKey;
import wirelab.dns.tsig.TsigKeys;
import wirelab.dns.tsig.TsigRecord;
import wirelab.dns.tsig.TsigSession;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.MalformedException;

/// Signatures of messages, with dnsjava's as the judge.
class TsigTest {
    private static final String SECRET = "c2l4dGVlbiBvY3RldHMgYXQgbGVhc3Q=";
    private static final long NOW = 1_700_000_000;

    private static TsigKey key(TsigAlgorithm algorithm) {
        return TsigKey.of("Transfer.Example", algorithm.wireName().toString(), SECRET);
    }

    private static TSIG judge(TsigAlgorithm algorithm) throws IOException {
        var java = algorithm.name().replace("HMAC_SHA", "HmacSHA");
        return new TSIG(
                Name.fromString(algorithm.wireName() + "."),
                Name.fromString("transfer.example."),
                new SecretKeySpec(Base64.getDecoder().decode(SECRET), java),
                Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    }

    private static Bytes query(int id) {
        return DnsCodec.encode(DnsMessage.query(id, DnsName.of("www.example.com"), RecordType.AXFR));
    }

    @ParameterizedTest
    @EnumSource(TsigAlgorithm.class)
    void dnsjavaTrustsWhatWeSign(TsigAlgorithm algorithm) throws IOException {
        var ours = new TsigSession(key(algorithm));
        var request = ours.sign(query(1), NOW).toArray();
        var asked = new Message(request);
        assertThat(judge(algorithm).verify(asked, request, null)).isZero();
        // And of the answer, which counts the request's signature.
        var server = new TsigSession(key(algorithm));
        assertThat(server.verify(Bytes.copyOf(request), NOW).isGood()).isTrue();
        var answer = server.sign(query(1), NOW).toArray();
        assertThat(judge(algorithm).verify(new Message(answer), answer, asked.getTSIG()))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(TsigAlgorithm.class)
    void weTrustWhatDnsjavaSigns(TsigAlgorithm algorithm) throws IOException {
        var message = new Message(query(2).toArray());
        judge(algorithm).apply(message, null);
        var request = Bytes.copyOf(message.toWire());
        assertThat(TsigKeys.of(List.of(key(algorithm))).check(request, NOW))
                .isInstanceOfSatisfying(
                        TsigKeys.Check.Good.class,
                        good -> assertThat(good.message()).isEqualTo(query(2)));
    }

    @Test
    void eachMessageOfAStreamCountsTheOneBefore() {
        var client = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        var server = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        assertThat(server.verify(client.sign(query(1), NOW), NOW).isGood()).isTrue();
        var first = server.sign(query(1), NOW);
        var second = server.sign(query(1), NOW);
        var third = server.sign(query(1), NOW);
        assertThat(client.verify(first, NOW).isGood()).isTrue();
        assertThat(client.verify(third, NOW).error()).isEqualTo(Rcode.BADSIG);
        assertThat(client.verify(second, NOW).isGood()).isTrue();
        assertThat(client.verify(third, NOW).isGood()).isTrue();
    }

    @Test
    void messagesBetweenMayBeUnsignedButNotTheLastOne() {
        var client = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        var server = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        assertThat(server.verify(client.sign(query(1), NOW), NOW).isGood()).isTrue();
        assertThat(client.verify(server.sign(query(1), NOW), NOW).isGood()).isTrue();
        assertThat(client.verify(query(1), NOW).isGood()).isTrue();
        assertThat(client.isComplete()).isFalse();
        // The first answer has to be signed.
        var impatient = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        impatient.sign(query(1), NOW);
        assertThat(impatient.verify(query(1), NOW).error()).isEqualTo(Rcode.BADSIG);
    }

    @Test
    void anotherClockIsToldOurTime() throws MalformedException {
        var client = new TsigSession(key(TsigAlgorithm.HMAC_SHA256));
        var request = client.sign(query(1), NOW);
        var keys = TsigKeys.of(List.of(key(TsigAlgorithm.HMAC_SHA256)));
        assertThat(keys.check(request, NOW + TsigSession.FUDGE)).isInstanceOf(TsigKeys.Check.Good.class);
        var bad = (TsigKeys.Check.Bad) keys.check(request, NOW + TsigSession.FUDGE + 1);
        assertThat(bad.error()).isEqualTo(Rcode.BADTIME);
        var record = TsigRecord.split(bad.signer().sign(query(1))).record();
        assertThat(record.error()).isEqualTo(Rcode.BADTIME);
        assertThat(record.seconds()).isEqualTo(NOW);
        assertThat(record.mac().size()).isEqualTo(32);
        assertThat(record.other()).isEqualTo(Bytes.hex("00006553f22d"));
    }

    @Test
    void whoDoesNotKnowTheKeyGetsNoSignature() throws MalformedException {
        var request = new TsigSession(TsigKey.of("another.key", "hmac-sha256", SECRET)).sign(query(1), NOW);
        var bad = (TsigKeys.Check.Bad) TsigKeys.NONE.check(request, NOW);
        assertThat(bad.error()).isEqualTo(Rcode.BADKEY);
        assertThat(TsigRecord.split(bad.signer().sign(query(1))).record().mac()).isEqualTo(Bytes.EMPTY);
    }

    @Property
    void noChangedOctetIsTrusted(RandomGenerator random) {
        var octets = new TsigSession(key(TsigAlgorithm.HMAC_SHA512))
                .sign(query(3), NOW)
                .toArray();
        // But for the id, which a forwarder may change: the record has the original one (section 5.2.2.1). And case.
        int at = random.nextInt(2, octets.length);
        octets[at] ^= (byte) (1 << random.nextInt(8));
        var check = checked(Bytes.copyOf(octets));
        if (check instanceof TsigKeys.Check.Good(var message, var _)) {
            assertThat(message).isEqualTo(query(3)); // the case of the key's or the algorithm's name
        }
    }

    private static TsigKeys.Check checked(Bytes message) {
        try {
            if (!TsigRecord.isIn(DnsCodec.decode(message))) {
                return new TsigKeys.Check.Malformed("no signature");
            }
        } catch (MalformedException e) {
            return new TsigKeys.Check.Malformed(e.why());
        }
        return TsigKeys.of(List.of(key(TsigAlgorithm.HMAC_SHA512))).check(message, NOW);
    }

    @Test
    void theSecretIsInNoText() {
        assertThat(key(TsigAlgorithm.HMAC_SHA256)).hasToString("Transfer.Example (hmac-sha256)");
    }
}
