package wirelab.sim.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.sim.impair.Direction;
import wirelab.testing.Property;
import wirelab.wire.Bytes;

class TranslationTest {
    private static final Inet4Address NEAR = Inet4Address.ofLiteral("198.18.0.1");
    private static final Inet4Address FAR = Inet4Address.ofLiteral("198.18.0.2");
    private static final Inet4Address HTTP = Inet4Address.ofLiteral("127.0.0.1");
    private static final Inet4Address PROXY = Inet4Address.ofLiteral("127.0.0.10");
    private static final Translation TRANSLATION = new Translation(NEAR, FAR, HTTP, PROXY);

    // A SYN from port 50000 to port 80.
    private static final String SYN =
            "450000281234400040069c74 c6120001 c6120002" + "c350005001020304000000005002faf061230000";
    private static final String SYN_AT_THE_SERVER =
            "45000028123440004006e386 c6120002 7f000001" + "c350005001020304000000005002faf0a8350000";

    // The first octets of an answer, of an odd number.
    private static final String ANSWER = "45000037123440004006e377 7f000001 c6120002"
            + "0050c3500a0b0c0d0102030550180200d52f0000485454502f312e3120323030204f4b";
    private static final String ANSWER_AT_THE_CLIENT = "450000371234400040069c65 c6120002 c6120001"
            + "0050c3500a0b0c0d01020305501802008e1d0000485454502f312e3120323030204f4b";

    // SIGNEW:lab, from and to port 49152.
    private static final String HELLO =
            "450000261234400040119c6b c6120001 c6120002" + "c000c000001277e35349474e45573a6c6162";
    private static final String HELLO_AT_THE_PROXY =
            "45000026123440004011e374 c6120002 7f00000a" + "c000c0000012beec5349474e45573a6c6162";

    @Test
    void aSynGoesToTheHttpServer() {
        assertThat(translated(SYN, Direction.OUT)).isEqualTo(octets(SYN_AT_THE_SERVER));
    }

    @Test
    void anAnswerComesFromWhereTheClientAsked() {
        assertThat(translated(ANSWER, Direction.IN)).isEqualTo(octets(ANSWER_AT_THE_CLIENT));
    }

    @Test
    void aDatagramGoesToTheProxy() {
        assertThat(translated(HELLO, Direction.OUT)).isEqualTo(octets(HELLO_AT_THE_PROXY));
    }

    @Test
    void aDatagramWithoutAChecksumStaysWithoutOne() {
        var bare = HELLO.replace("77e3", "0000");
        assertThat(translated(bare, Direction.OUT)).isEqualTo(octets(HELLO_AT_THE_PROXY.replace("beec", "0000")));
    }

    @Test
    void aLaterFragmentHasNoChecksumOfTransport() {
        // Fragment offset 1; the header's checksum is less by so much.
        var fragment = SYN.replace("1234400040069c74", "1234000140 06dc73".replace(" ", ""));
        var packet = packet(fragment);
        assertThat(TRANSLATION.translate(packet)).contains(Direction.OUT);
        assertThat(InternetChecksum.of(header(packet))).isZero();
        assertThat(Bytes.copyOf(packet).slice(20, 40)).isEqualTo(octets(SYN).slice(20, 40));
    }

    @ParameterizedTest
    @CsvSource({
        "45000028123440004006e386c61200027f000001c350005001020304000000005002faf0a8350000", // not to the far end
        "45000026123440004011e374 7f000001 c6120002c000c0000012beec5349474e45573a6c6162", // UDP from the HTTP server
        "450000281234400040069c74 c6120003 c6120002c350005001020304000000005002faf061230000", // from a third
        "4500001c1234400040019c85 c6120001 c61200020800f7ff00000000", // ICMP
        "450000281234400040069c74 c6120001 c6120002c3500050", // cut off before the checksum
        "440000281234400040069c74 c6120001 c6120002c350005001020304000000005002faf061230000", // a short header
        "4f0000281234400040069c74 c6120001 c6120002c350005001020304000000005002faf061230000", // one that is too long
        "6000000000083a01fe80000000000000000000000000000100000000000000000000000000000001", // IPv6
        "45",
        "''"
    })
    void whatIsNotForThisLinkIsLeftAsItIs(String hex) {
        var packet = packet(hex);
        assertThat(TRANSLATION.translate(packet)).isEmpty();
        assertThat(Bytes.copyOf(packet)).isEqualTo(octets(hex));
    }

    @Property(tries = 500)
    void theChecksumsStayRight(RandomGenerator random) {
        boolean tcp = random.nextBoolean();
        boolean out = random.nextBoolean();
        var server = tcp ? HTTP : PROXY;
        var packet = made(random, tcp, out ? NEAR : server, FAR);
        var before = Bytes.copyOf(packet);

        var direction = out ? Direction.OUT : Direction.IN;
        assertThat(TRANSLATION.translate(packet)).isEqualTo(Optional.of(direction));

        assertThat(InternetChecksum.of(header(packet))).as("of the header").isZero();
        assertThat(InternetChecksum.of(withPseudoHeader(packet)))
                .as("of TCP or UDP")
                .isZero();
        assertThat(address(packet, 12)).isEqualTo(address(FAR));
        assertThat(address(packet, 16)).isEqualTo(address(out ? server : NEAR));
        if (!tcp) {
            assertThat(packet.getShort(headerLength(packet) + 6))
                    .as("0 would mean none")
                    .isNotZero();
        }
        assertThat(payload(Bytes.copyOf(packet))).isEqualTo(payload(before));
    }

    /// A packet with all its checksums, some options in its header, and random octets in it.
    private static ByteBuffer made(RandomGenerator random, boolean tcp, Inet4Address from, Inet4Address to) {
        int header = 20 + 4 * random.nextInt(3);
        int transport = tcp ? 20 : 8;
        var packet = ByteBuffer.allocate(header + transport + random.nextInt(1400));
        random.nextBytes(packet.array());
        packet.put(0, (byte) (0x40 + header / 4)).putShort(2, (short) packet.capacity());
        packet.putShort(6, (short) 0x4000).put(9, (byte) (tcp ? 6 : 17)).putShort(10, (short) 0);
        packet.put(12, from.getAddress()).put(16, to.getAddress());
        packet.putShort(10, (short) InternetChecksum.of(header(packet)));
        int checksum = header + (tcp ? 16 : 6);
        packet.putShort(checksum, (short) 0);
        int computed = InternetChecksum.of(withPseudoHeader(packet));
        return packet.putShort(checksum, (short) (tcp || computed != 0 ? computed : 0xffff));
    }

    /// RFC 9293 section 3.1 and RFC 768: addresses, protocol and length count too.
    private static ByteBuffer withPseudoHeader(ByteBuffer packet) {
        int header = headerLength(packet);
        var all = ByteBuffer.allocate(12 + packet.limit() - header);
        all.put(packet.slice(12, 8)).putShort(packet.get(9)).putShort((short) (packet.limit() - header));
        return all.put(packet.slice(header, packet.limit() - header)).flip();
    }

    private static ByteBuffer header(ByteBuffer packet) {
        return packet.slice(0, headerLength(packet));
    }

    private static int headerLength(ByteBuffer packet) {
        return (packet.get(0) & 0xf) * 4;
    }

    /// All but addresses and checksums.
    private static Bytes payload(Bytes packet) {
        int header = (packet.at(0) & 0xf) * 4;
        int checksum = header + (packet.at(9) == 6 ? 16 : 6);
        return packet.slice(0, 10).plus(packet.slice(20, checksum)).plus(packet.slice(checksum + 2, packet.size()));
    }

    private static int address(ByteBuffer packet, int at) {
        return packet.getInt(at);
    }

    private static int address(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static Bytes translated(String hex, Direction expected) {
        var packet = packet(hex);
        assertThat(TRANSLATION.translate(packet)).contains(expected);
        assertThat(packet.position()).isZero();
        return Bytes.copyOf(packet);
    }

    private static ByteBuffer packet(String hex) {
        return ByteBuffer.wrap(octets(hex).toArray());
    }

    private static Bytes octets(String hex) {
        return Bytes.hex(hex.replace(" ", ""));
    }
}
