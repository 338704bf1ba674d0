package wirelab.dnsserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.dns.DnsCodec;
import wirelab.dns.DnsHeader;
import wirelab.dns.DnsMessage;
import wirelab.dns.DnsName;
import wirelab.dns.Edns;
import wirelab.dns.Question;
import wirelab.dns.Rcode;
import wirelab.dns.Rdata;
import wirelab.dns.RecordClass;
import wirelab.dns.RecordType;
import wirelab.dns.ResourceRecord;
import wirelab.dnsserver.engine.Carrier;
import wirelab.dnsserver.engine.Decision;
import wirelab.dnsserver.engine.Identity;
import wirelab.testing.GoldenPacket;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

/// What the RFCs ask of an authoritative server, by their sections.
class DnsConformanceTest {
    private static final String ZONE = """
            $ORIGIN example.com.
            $TTL 300
            @       IN SOA ns1 hostmaster 7 3600 900 604800 60
            @       IN NS ns1
            @       IN NS ns2
            @       60 IN A 127.0.0.10
            @       IN MX 10 mail
            ns1     IN A 127.0.0.11
            ns2     IN A 127.0.0.12
            mail    IN A 127.0.0.13
            www     IN CNAME example.com.
            chain   IN CNAME www
            dangle  IN CNAME nothing
            away    IN CNAME www.elsewhere.org.
            other   IN CNAME host.example.net.
            loop1   IN CNAME loop2
            loop2   IN CNAME loop1
            *.dev   IN A 127.0.0.77
            *.dev   IN MX 5 mail
            there.dev IN TXT "not the wildcard"
            *.alias IN CNAME mail
            sub     IN NS ns.sub
            sub     IN NS ns1
            sub     IN DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            ns.sub  IN A 127.0.0.53
            ns.sub  IN AAAA ::1
            to.sub  IN CNAME x.sub
            below   IN CNAME x.sub
            ent.x   IN A 127.0.0.78
            old     IN DNAME new
            a.new   IN A 127.0.0.79
            """;
    private static final String OTHER_ZONE = """
            example.net. 300 IN SOA ns host 1 2 3 4 5
                         300 IN NS ns
            host         300 IN A 127.0.0.90
            """;

    private static final Server SERVER = Server.of(ZONE, OTHER_ZONE);

    private static Rdata a(String address) {
        return new Rdata.A(Inet4Address.ofLiteral(address));
    }

    private static ResourceRecord record(String name, long ttl, Rdata data) {
        return new ResourceRecord(DnsName.of(name), ttl, data);
    }

    private static Rdata cname(String target) {
        return new Rdata.Cname(DnsName.of(target));
    }

    private static void assertNothing(DnsMessage reply, Rcode rcode) {
        assertThat(reply.rcode()).isEqualTo(rcode);
        assertThat(reply.answers()).isEmpty();
        assertThat(reply.authorities()).isEmpty();
        assertThat(reply.additionals()).isEmpty();
    }

    @Nested
    class TheLab {
        @Test
        void theQueryOf29OctetsIsAnsweredInExactly45() {
            var query = GoldenPacket.read("/packets/dns/query.hex");
            assertThat(SERVER.octets(query, Carrier.UDP)).isEqualTo(GoldenPacket.read("/packets/dns/answer.hex"));
        }
    }

    @Nested
    class Rfc1034Section432TheAlgorithm {
        @Test
        void step3aAnswersTheSetAtTheName() {
            var reply = SERVER.ask("example.com", RecordType.NS);
            assertThat(reply.header().authoritative()).isTrue();
            assertThat(reply.answers())
                    .containsExactly(
                            record("example.com", 300, new Rdata.Ns(DnsName.of("ns1.example.com"))),
                            record("example.com", 300, new Rdata.Ns(DnsName.of("ns2.example.com"))));
        }

        @Test
        void step3aFollowsAnAlias() {
            assertThat(SERVER.ask("chain.example.com", RecordType.A).answers())
                    .containsExactly(
                            record("chain.example.com", 300, cname("www.example.com")),
                            record("www.example.com", 300, cname("example.com")),
                            record("example.com", 60, a("127.0.0.10")));
        }

        @Test
        void step3aDoesNotFollowAnAliasThatIsAskedFor() {
            assertThat(SERVER.ask("chain.example.com", RecordType.CNAME).answers())
                    .hasSize(1);
            assertThat(SERVER.ask("chain.example.com", RecordType.ANY).answers())
                    .hasSize(1);
        }

        @Test
        void anAliasIntoAnotherZoneOfOursIsFollowed() {
            assertThat(SERVER.ask("other.example.com", RecordType.A).answers())
                    .containsExactly(
                            record("other.example.com", 300, cname("host.example.net")),
                            record("host.example.net", 300, a("127.0.0.90")));
        }

        @Test
        void anAliasOutOfOurZonesIsLeftToTheClient() {
            var reply = SERVER.ask("away.example.com", RecordType.A);
            assertThat(reply.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.answers()).containsExactly(record("away.example.com", 300, cname("www.elsewhere.org")));
            assertThat(reply.authorities()).isEmpty();
        }

        @Test
        void aliasesInACircleEnd() {
            assertThat(SERVER.ask("loop1.example.com", RecordType.A).answers()).hasSize(2);
        }

        @Test
        void step3bRefersToWhoHasTheNameWithGlueAndWithoutAuthority() {
            var reply = SERVER.ask("www.sub.example.com", RecordType.A);
            assertThat(reply.header().authoritative()).isFalse();
            assertThat(reply.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.answers()).isEmpty();
            assertThat(reply.authorities())
                    .hasSize(2)
                    .allMatch(each -> each.name().equals(DnsName.of("sub.example.com")));
            assertThat(reply.additionals())
                    .extracting(each -> each.name() + " " + each.type())
                    .containsExactly("ns.sub.example.com A", "ns.sub.example.com AAAA", "ns1.example.com A");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sub.example.com", "ns.sub.example.com", "nothing.at.sub.example.com"})
        void step3bHoldsAtTheCutAndForGlueAndForWhatWeCannotKnow(String name) {
            var reply = SERVER.ask(name, RecordType.NS);
            assertThat(reply.header().authoritative()).isFalse();
            assertThat(reply.answers()).isEmpty();
            assertThat(reply.authorities()).hasSize(2);
        }

        @Test
        void anAliasIntoADelegationEndsInTheReferral() {
            var reply = SERVER.ask("below.example.com", RecordType.A);
            assertThat(reply.header().authoritative()).isTrue();
            assertThat(reply.answers()).hasSize(1);
            assertThat(reply.authorities()).hasSize(2);
        }
    }

    @Nested
    class Rfc8482Any {
        private final DnsMessage query = DnsMessage.query(1, DnsName.of("example.com"), RecordType.ANY);

        @Test
        void overUdpAnyBringsOneRecordSet() {
            assertThat(SERVER.ask(query, Carrier.UDP).answers())
                    .extracting(ResourceRecord::type)
                    .containsExactly(RecordType.SOA);
        }

        @Test
        void overTcpAnyBringsAllTypesAtTheName() {
            assertThat(SERVER.ask(query, Carrier.TCP).answers())
                    .extracting(ResourceRecord::type)
                    .containsExactly(RecordType.SOA, RecordType.NS, RecordType.NS, RecordType.A, RecordType.MX);
        }
    }

    @Nested
    class Rfc1035Section411TheHeader {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void idOpcodeAndRdAreCopiedAndRaIsNotSet(boolean recursionDesired) {
            var header = SERVER.ask(DnsHeader.query(0xabcd, recursionDesired), "example.com", RecordType.A)
                    .header();
            assertThat(header.id()).isEqualTo(0xabcd);
            assertThat(header.response()).isTrue();
            assertThat(header.authoritative()).isTrue();
            assertThat(header.recursionDesired()).isEqualTo(recursionDesired);
            assertThat(header.recursionAvailable()).isFalse();
            assertThat(header.truncated()).isFalse();
        }

        @Test
        void reservedBitsOfTheQueryDoNotComeBack() {
            var header = SERVER.ask(DnsHeader.ofFlags(1, 0x07e0), "example.com", RecordType.A)
                    .header();
            assertThat(header.flags()).isEqualTo(0x8500);
        }

        @Test
        void aResponseIsNeverAnswered() {
            var packet = DnsCodec.encode(new DnsMessage(
                    DnsHeader.ofFlags(1, 0x8000),
                    List.of(new Question(DnsName.of("example.com"), RecordType.A)),
                    List.of(),
                    List.of(),
                    List.of()));
            assertThat(SERVER.decide(packet)).isEqualTo(new Decision.Silent("a response, not a query"));
        }

        @Test
        void whatIsShorterThanAHeaderIsNotAnswered() {
            assertThat(SERVER.decide(Bytes.copyOf(new byte[11]))).isInstanceOf(Decision.Silent.class);
            assertThat(SERVER.decide(Bytes.EMPTY)).isInstanceOf(Decision.Silent.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 6, 15})
        void anotherOpcodeIsNotImplemented(int opcode) {
            var reply = SERVER.ask(DnsHeader.ofFlags(9, opcode << 11 | 0x0100), "example.com", RecordType.A);
            assertNothing(reply, Rcode.NOTIMP);
            assertThat(reply.header().flags()).isEqualTo(0x8104 | opcode << 11);
            assertThat(reply.header().id()).isEqualTo(9);
        }

        @Test
        void nonsenseAfterTheHeaderIsAFormatError() {
            var nonsense = new WireWriter()
                    .u16(77)
                    .u16(0x0100)
                    .u16(1)
                    .zeros(6)
                    .u8(0xff)
                    .toBytes();
            var reply = Server.read(SERVER.octets(nonsense, Carrier.UDP));
            assertNothing(reply, Rcode.FORMERR);
            assertThat(reply.header()).isEqualTo(DnsHeader.ofFlags(77, 0x8101));
        }

        @Test
        void octetsAfterTheQueryAreAFormatError() {
            var query = DnsCodec.encode(DnsMessage.query(1, DnsName.of("example.com"), RecordType.A));
            assertNothing(Server.read(SERVER.octets(query.plus(Bytes.of(0)), Carrier.UDP)), Rcode.FORMERR);
        }
    }

    @Nested
    class Rfc1035Section421TheSizeOverUdp {
        private static final Server BIG = Server.of(
                """
                $ORIGIN example.com.
                $TTL 300
                @ IN SOA ns host 1 2 3 4 5
                @ IN NS ns
                """ + ("big IN TXT \"" + "x".repeat(99) + "%d\"\n").repeat(10).formatted(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

        @Test
        void whatIsOver512OctetsIsTruncated() {
            var reply = BIG.ask("big.example.com", RecordType.TXT);
            assertThat(reply.header().truncated()).isTrue();
            assertThat(reply.header().authoritative()).isTrue();
            assertThat(reply.answers()).isEmpty();
        }

        @Test
        void tcpBringsTheWhole() {
            var query = DnsMessage.query(1, DnsName.of("big.example.com"), RecordType.TXT);
            var reply = BIG.ask(query, Carrier.TCP);
            assertThat(reply.header().truncated()).isFalse();
            assertThat(reply.answers()).hasSize(10);
        }

        @Test
        void ednsMakesRoomUpToOurOwnSize() {
            assertThat(BIG.ask(Edns.ofSize(4096), "big.example.com", RecordType.TXT)
                            .answers())
                    .hasSize(10);
            assertThat(BIG.ask(Edns.ofSize(700), "big.example.com", RecordType.TXT)
                            .header()
                            .truncated())
                    .isTrue();
        }

        @Test
        void truncatedAnswersKeepTheirOptRecord() {
            assertThat(BIG.ask(Edns.ofSize(0), "big.example.com", RecordType.TXT)
                            .edns())
                    .contains(Edns.ofSize(1232));
        }
    }

    @Nested
    class Rfc2181Section5RecordSets {
        @Test
        void oneSetHasOneTtlAndNoRecordTwice() {
            var server = Server.of("""
                    example.com. 300 IN SOA ns host 1 2 3 4 5
                                 300 IN NS ns
                    a            300 IN A 127.0.0.1
                    a            100 IN A 127.0.0.2
                    A            200 IN A 127.0.0.1
                    """);
            assertThat(server.ask("a.example.com", RecordType.A).answers())
                    .containsExactly(
                            record("a.example.com", 100, a("127.0.0.1")), record("a.example.com", 100, a("127.0.0.2")));
        }
    }

    @Nested
    class Rfc2308NegativeAnswers {
        private void assertNegative(DnsMessage reply, Rcode rcode, int answers) {
            assertThat(reply.rcode()).isEqualTo(rcode);
            assertThat(reply.header().authoritative()).isTrue();
            assertThat(reply.answers()).hasSize(answers);
            assertThat(reply.authorities()).singleElement().satisfies(soa -> {
                assertThat(soa.type()).isEqualTo(RecordType.SOA);
                assertThat(soa.name()).isEqualTo(DnsName.of("example.com"));
                assertThat(soa.ttl())
                        .as("min of 300, its TTL, and 60, its minimum")
                        .isEqualTo(60);
            });
        }

        @Test
        void section21ANameThatDoesNotExist() {
            assertNegative(SERVER.ask("nothing.example.com", RecordType.A), Rcode.NXDOMAIN, 0);
            assertNegative(SERVER.ask("any.thing.www.example.com", RecordType.A), Rcode.NXDOMAIN, 0);
        }

        @Test
        void section21AnAliasToANameThatDoesNotExist() {
            assertNegative(SERVER.ask("dangle.example.com", RecordType.A), Rcode.NXDOMAIN, 1);
        }

        @Test
        void section22ANameWithoutThatType() {
            assertNegative(SERVER.ask("example.com", RecordType.AAAA), Rcode.NOERROR, 0);
            assertNegative(SERVER.ask("www.example.com", RecordType.AAAA), Rcode.NOERROR, 1);
        }

        @Test
        void theMinimumDoesNotRaiseTheSoasTtl() {
            var server = Server.of("example.com. 10 IN SOA ns host 1 2 3 4 500\n 10 IN NS ns\n");
            assertThat(server.ask("x.example.com", RecordType.A).authorities())
                    .singleElement()
                    .extracting(ResourceRecord::ttl)
                    .isEqualTo(10L);
        }

        @Test
        void theSoaItselfKeepsItsTtl() {
            assertThat(SERVER.ask("example.com", RecordType.SOA).answers())
                    .singleElement()
                    .extracting(ResourceRecord::ttl)
                    .isEqualTo(300L);
        }
    }

    @Nested
    class Rfc4035Section3141TheParentHasDs {
        @Test
        void dsAtTheCutIsAnsweredByTheParent() {
            var reply = SERVER.ask("sub.example.com", RecordType.DS);
            assertThat(reply.header().authoritative()).isTrue();
            assertThat(reply.answers()).hasSize(1);
        }

        @Test
        void dsBelowTheCutIsReferred() {
            assertThat(SERVER.ask("x.sub.example.com", RecordType.DS).authorities())
                    .hasSize(2);
        }

        @Test
        void dsOfAZoneOfOursComesFromTheParentIfThatIsOursToo() {
            var child = "sub.example.com. 300 IN SOA ns host 1 2 3 4 5\n 300 IN NS ns\n";
            var both = Server.of(ZONE, child);
            assertThat(both.ask("sub.example.com", RecordType.DS).answers()).hasSize(1);
            assertThat(both.ask("sub.example.com", RecordType.SOA).answers()).hasSize(1);
            assertThat(Server.of(child).ask("sub.example.com", RecordType.DS).authorities())
                    .extracting(ResourceRecord::type)
                    .containsExactly(RecordType.SOA);
        }
    }

    @Nested
    class Rfc4343Case {
        @Test
        void theQuestionComesBackAsItWasSent() {
            var name = DnsName.of("eXaMpLe.CoM");
            var reply = SERVER.ask("eXaMpLe.CoM", RecordType.A);
            assertThat(reply.questions().getFirst().name().equalsWithCase(name)).isTrue();
            assertThat(reply.answers()).hasSize(1);
            assertThat(reply.answers().getFirst().name().equalsWithCase(name)).isTrue();
        }
    }

    @Nested
    class Rfc4592Wildcards {
        @Test
        void standForWhatIsNotThere() {
            assertThat(SERVER.ask("x.dev.example.com", RecordType.A).answers())
                    .containsExactly(record("x.dev.example.com", 300, a("127.0.0.77")));
            assertThat(SERVER.ask("x.y.z.dev.example.com", RecordType.A).answers())
                    .containsExactly(record("x.y.z.dev.example.com", 300, a("127.0.0.77")));
        }

        @Test
        void doNotStandForANameThatIsThereNorForAnyBelowIt() {
            var there = SERVER.ask("there.dev.example.com", RecordType.A);
            assertThat(there.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(there.answers()).isEmpty();
            assertThat(SERVER.ask("x.there.dev.example.com", RecordType.A).rcode())
                    .isEqualTo(Rcode.NXDOMAIN);
        }

        @Test
        void withoutThatTypeMeanNoDataAndNotNoName() {
            var reply = SERVER.ask("x.dev.example.com", RecordType.AAAA);
            assertThat(reply.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.answers()).isEmpty();
            assertThat(reply.authorities()).hasSize(1);
        }

        @Test
        void canBeAliases() {
            assertThat(SERVER.ask("x.alias.example.com", RecordType.A).answers())
                    .containsExactly(
                            record("x.alias.example.com", 300, cname("mail.example.com")),
                            record("mail.example.com", 300, a("127.0.0.13")));
        }

        @Test
        void areNamesLikeAnyWhenAskedFor() {
            assertThat(SERVER.ask("*.dev.example.com", RecordType.A).answers()).hasSize(1);
        }

        @Test
        void section222AnEmptyNonTerminalExists() {
            var reply = SERVER.ask("x.example.com", RecordType.A);
            assertThat(reply.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.authorities()).hasSize(1);
            assertThat(SERVER.ask("dev.example.com", RecordType.ANY).rcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Nested
    class Rfc6672Dname {
        @Test
        void moveWhatIsBelowThem() {
            assertThat(SERVER.ask("a.old.example.com", RecordType.A).answers())
                    .containsExactly(
                            record("old.example.com", 300, new Rdata.Dname(DnsName.of("new.example.com"))),
                            record("a.old.example.com", 300, cname("a.new.example.com")),
                            record("a.new.example.com", 300, a("127.0.0.79")));
        }

        @Test
        void doNotMoveTheirOwnName() {
            var reply = SERVER.ask("old.example.com", RecordType.A);
            assertThat(reply.rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(reply.answers()).isEmpty();
        }

        @Test
        void thatLeadToANameThatIsTooLongSaySo() {
            var server = Server.of("e. 300 IN SOA ns host 1 2 3 4 5\n 300 IN NS ns\n 300 IN DNAME "
                    + ("b".repeat(60) + ".").repeat(3) + "\n");
            var reply = server.ask(("a".repeat(60) + ".").repeat(2) + "e", RecordType.A);
            assertThat(reply.rcode()).isEqualTo(Rcode.YXDOMAIN);
            assertThat(reply.answers()).hasSize(1);
        }
    }

    @Nested
    class Rfc6891Edns {
        @Test
        void anOptRecordIsAnsweredWithOurs() {
            var reply = SERVER.ask(Edns.ofSize(4096), "example.com", RecordType.A);
            assertThat(reply.additionals()).hasSize(1);
            assertThat(reply.edns()).contains(Edns.ofSize(1232));
        }

        @Test
        void noneIsAnsweredWithNone() {
            assertThat(SERVER.ask("example.com", RecordType.A).additionals()).isEmpty();
        }

        @Test
        void section613AnotherVersionIsBad() {
            var reply = SERVER.ask(new Edns(1232, 0, 1, false, 0, List.of()), "example.com", RecordType.A);
            assertThat(reply.rcode()).isEqualTo(Rcode.BADVERS);
            assertThat(reply.answers()).isEmpty();
            assertThat(reply.edns().orElseThrow().version()).isZero();
        }

        @Test
        void section611TwoOptRecordsAreAFormatError() {
            var opt = Edns.ofSize(1232).toRecord();
            assertNothing(SERVER.ask(List.of(opt, opt), "example.com", RecordType.A), Rcode.FORMERR);
            assertNothing(
                    SERVER.ask(List.of(opt.withName(DnsName.of("a"))), "example.com", RecordType.A), Rcode.FORMERR);
        }

        @Test
        void section612AnOptionThatOverrunsIsAFormatError() {
            var query = DnsCodec.encode(Server.query(
                    DnsHeader.query(1, true),
                    List.of(new Question(DnsName.of("example.com"), RecordType.A)),
                    List.of(new Edns(1232, 0, 0, false, 0, List.of(new Edns.Option(10, Bytes.of(1, 2)))).toRecord())));
            var octets = query.toArray();
            octets[octets.length - 3] = 9; // the option's length
            assertNothing(Server.read(SERVER.octets(Bytes.copyOf(octets), Carrier.UDP)), Rcode.FORMERR);
        }

        @Test
        void unknownOptionsAndFlagsAreIgnoredAndDoIsCopied() {
            var option = new Edns.Option(65_001, Bytes.of(1));
            var reply = SERVER.ask(new Edns(1232, 0, 0, true, 5, List.of(option)), "example.com", RecordType.A);
            assertThat(reply.edns()).contains(new Edns(1232, 0, 0, true, 0, List.of()));
        }
    }

    @Nested
    class Rfc8906WhatIsNotOurs {
        @Test
        void aNameInNoZoneIsRefused() {
            var reply = SERVER.ask("example.org", RecordType.A);
            assertNothing(reply, Rcode.REFUSED);
            assertThat(reply.header().authoritative()).isFalse();
            assertThat(reply.questions()).hasSize(1);
            assertNothing(SERVER.ask("com", RecordType.NS), Rcode.REFUSED);
            assertNothing(SERVER.ask(".", RecordType.NS), Rcode.REFUSED);
        }

        @Test
        void anotherClassIsRefused() {
            assertNothing(SERVER.askIn(RecordClass.HS, "example.com", RecordType.A), Rcode.REFUSED);
            assertNothing(SERVER.askIn(RecordClass.CH, "example.com", RecordType.A), Rcode.REFUSED);
        }

        @Test
        void transfersAreRefused() {
            assertNothing(SERVER.ask("example.com", RecordType.AXFR), Rcode.REFUSED);
            assertNothing(SERVER.ask("example.com", RecordType.IXFR), Rcode.REFUSED);
        }

        @Test
        void aTypeNobodyKnowsIsNoData() {
            assertThat(SERVER.ask("example.com", new RecordType(65_280)).rcode())
                    .isEqualTo(Rcode.NOERROR);
        }

        @Test
        void theVersionIsToldToWhoAsks() {
            assertThat(SERVER.askIn(RecordClass.CH, "version.bind", RecordType.TXT)
                            .answers())
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Txt(List.of(Bytes.ascii("the tests"))));
        }
    }

    @Nested
    class Rfc9619OneQuestion {
        private final Question question = new Question(DnsName.of("example.com"), RecordType.A);

        @Test
        void twoQuestionsAreAFormatError() {
            var two = Server.query(DnsHeader.query(1, true), List.of(question, question), List.of());
            assertNothing(SERVER.ask(two, Carrier.UDP), Rcode.FORMERR);
        }

        @Test
        void noQuestionIsAFormatError() {
            var none = Server.query(DnsHeader.query(1, true), List.of(), List.of());
            assertNothing(SERVER.ask(none, Carrier.UDP), Rcode.FORMERR);
        }
    }

    @Nested
    class Rfc7873Cookies {
        private static final String CLIENTS = "2464c4abcf10c957";

        private final Server server = Server.of(
                new Identity("the tests", Optional.of("here"), Optional.of(Bytes.copyOf(new byte[16]))), ZONE);

        private static Edns with(Edns.Option... options) {
            return new Edns(1232, 0, 0, false, 0, List.of(options));
        }

        @Test
        void section52AClientsCookieIsAnsweredWithOurs() {
            var reply = server.ask(with(new Edns.Option(10, Bytes.hex(CLIENTS))), "example.com", RecordType.A);
            assertThat(reply.edns().orElseThrow().options()).singleElement().satisfies(option -> {
                assertThat(option.code()).isEqualTo(10);
                assertThat(option.data().size()).isEqualTo(24);
                assertThat(option.data().toHex()).startsWith(CLIENTS);
            });
        }

        @Test
        void section522ACookieOfAnotherLengthIsAFormatError() {
            assertThat(server.ask(with(new Edns.Option(10, Bytes.hex("0102"))), "example.com", RecordType.A)
                            .rcode())
                    .isEqualTo(Rcode.FORMERR);
        }

        @Test
        void rfc5001TheServersNameIsToldToWhoAsks() {
            assertThat(server.ask(with(new Edns.Option(3, Bytes.EMPTY)), "example.com", RecordType.A)
                            .edns()
                            .orElseThrow()
                            .options())
                    .containsExactly(new Edns.Option(3, Bytes.ascii("here")));
            assertThat(server.askIn(RecordClass.CH, "id.server", RecordType.TXT).answers())
                    .extracting(ResourceRecord::data)
                    .containsExactly(new Rdata.Txt(List.of(Bytes.ascii("here"))));
            assertNothing(SERVER.askIn(RecordClass.CH, "hostname.bind", RecordType.TXT), Rcode.REFUSED);
        }
    }
}
