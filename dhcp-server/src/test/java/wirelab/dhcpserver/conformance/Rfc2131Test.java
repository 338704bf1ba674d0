package wirelab.dhcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wirelab.dhcp.DhcpMessage;
import wirelab.dhcp.DhcpMessageType;
import wirelab.dhcp.DhcpOption;
import wirelab.dhcp.HardwareAddress;
import wirelab.dhcp.Ipv4;
import wirelab.dhcpserver.LabClient;
import wirelab.dhcpserver.engine.Decision.Reason;
import wirelab.dhcpserver.engine.Destination;
import wirelab.wire.Bytes;

/// What RFC 2131 wants of a server, by its sections.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2131 RFC 2131
class Rfc2131Test {
    private static final String FIRST = "10.20.30.51";
    private static final String SECOND = "10.20.30.52";
    private static final String THIRD = "10.20.30.53";
    private static final String RELAY = "10.20.30.2";
    private static final Inet4Address ANOTHER_SERVER = LabClient.address("10.20.30.250");

    private final Server server = new Server(FIRST, THIRD);
    private final LabClient one = new LabClient(1);
    private final LabClient two = new LabClient(2);

    private static Inet4Address address(String text) {
        return LabClient.address(text);
    }

    private static List<Integer> codes(DhcpMessage message) {
        return message.options().stream().map(DhcpOption::code).toList();
    }

    /// Where replies go, and which messages count.
    @Nested
    class Section41 {
        @Test
        void aRelayedRequestIsAnsweredToTheRelay() {
            assertThat(server.reply(one.discover().withGiaddr(address(RELAY))).to())
                    .isEqualTo(new Destination.Relay(address(RELAY)));
            assertThat(server.reply(one.reboot("192.168.1.1").withGiaddr(address(RELAY)))
                            .to())
                    .isEqualTo(new Destination.Relay(address(RELAY)));
        }

        @Test
        void theRelayComesBeforeCiaddr() {
            server.lease(one);
            assertThat(server.reply(one.renew(FIRST).withGiaddr(address(RELAY))).to())
                    .isEqualTo(new Destination.Relay(address(RELAY)));
        }

        @Test
        void whoHasAnAddressIsAnsweredThere() {
            server.lease(one);
            assertThat(server.reply(one.renew(FIRST)).to()).isEqualTo(new Destination.Client(address(FIRST)));
        }

        @Test
        void whoHasNoAddressIsAnsweredByBroadcastWithTheFlagAndWithout() {
            var flagged = server.reply(one.discover());
            assertThat(flagged.to()).isEqualTo(new Destination.Everybody());
            assertThat(flagged.message().wantsBroadcast()).isTrue();
            var plain = server.reply(DhcpMessage.request(
                    7, two.chaddr(), List.of(new DhcpOption.MessageType(DhcpMessageType.DISCOVER))));
            assertThat(plain.to()).isEqualTo(new Destination.Everybody());
            assertThat(plain.message().wantsBroadcast()).isFalse();
        }

        @Test
        void aNakIsBroadcastThoughCiaddrIsFilledIn() {
            server.lease(one);
            var nak = server.reply(two.renew(FIRST));
            assertThat(nak.message().type()).contains(DhcpMessageType.NAK);
            assertThat(nak.to()).isEqualTo(new Destination.Everybody());
        }

        @Test
        void aServersMessageIsNotAnswered() {
            var reply = one.discover().reply(one.discover().options());
            assertThat(server.silence(reply)).isEqualTo(Reason.FROM_A_SERVER);
        }
    }

    @Nested
    class Section42 {
        private DhcpMessage called(LabClient client, int... id) {
            return client.discover(new DhcpOption.ClientIdentifier(Bytes.of(id)));
        }

        @Test
        void theIdentifierCountsAndNotTheHardwareAddress() {
            var offered = server.offer(called(one, 1, 2, 3)).yiaddr();
            assertThat(server.offer(called(two, 1, 2, 3)).yiaddr()).isEqualTo(offered);
            assertThat(server.offer(called(one, 1, 2, 4)).yiaddr()).isNotEqualTo(offered);
            assertThat(server.offered(one)).isNotEqualTo(offered);
        }

        @Test
        void aClientThatSaysNeitherIsNotAnswered() {
            var nobody = new HardwareAddress(1, Bytes.EMPTY);
            assertThat(server.silence(
                            DhcpMessage.request(7, nobody, one.discover().options())))
                    .isEqualTo(Reason.NO_CLIENT);
        }
    }

    /// DISCOVER.
    @Nested
    class Section431 {
        @Test
        void theClientsPresentAddressIsOffered() {
            server.lease(two);
            server.lease(one);
            assertThat(server.offered(one)).isEqualTo(address(SECOND));
        }

        @Test
        void theClientsPreviousAddressIsOfferedWhenItsLeaseIsOver() {
            server.lease(two);
            server.lease(one);
            server.pass(Duration.ofDays(2));
            assertThat(server.offered(one)).isEqualTo(address(SECOND));
        }

        @Test
        void theClientsPreviousAddressIsOfferedAfterARelease() {
            server.lease(two);
            server.lease(one);
            server.handle(one.release(SECOND));
            assertThat(server.offered(one)).isEqualTo(address(SECOND));
        }

        @Test
        void theAddressThatTheClientWishesForIsOfferedIfItIsFree() {
            var wish = one.discover(new DhcpOption.RequestedAddress(address(THIRD)));
            assertThat(server.offer(wish).yiaddr()).isEqualTo(address(THIRD));
        }

        @ParameterizedTest
        @CsvSource({"10.20.30.51", "10.20.30.40", "10.20.30.200", "192.168.1.1", "0.0.0.0"})
        void aWishThatCannotBeHadIsPassedOver(String wished) {
            server.lease(two);
            var wish = one.discover(new DhcpOption.RequestedAddress(address(wished)));
            assertThat(server.offer(wish).yiaddr()).isEqualTo(address(SECOND));
        }

        @Test
        void anAddressThatNobodyHadComesBeforeOneThatIsFreeAgain() {
            server.lease(one);
            server.handle(one.release(FIRST));
            assertThat(server.offered(two)).isEqualTo(address(SECOND));
        }

        @Test
        void theAddressThatHasBeenFreeForLongestComesFirst() {
            for (int i = 1; i <= 3; i++) {
                server.lease(new LabClient(i));
            }
            server.handle(two.release(SECOND));
            server.pass(Duration.ofSeconds(2));
            server.handle(one.release(FIRST));
            assertThat(server.offered(new LabClient(4))).isEqualTo(address(SECOND));
        }

        @Test
        void whoAsksTwiceIsOfferedTheSame() {
            assertThat(server.offered(one)).isEqualTo(address(FIRST));
            assertThat(server.offered(two)).isEqualTo(address(SECOND));
            assertThat(server.offered(one)).isEqualTo(address(FIRST));
        }

        @Test
        void anOfferIsHeldForTenSecondsFromOthers() {
            var small = new Server(FIRST, FIRST);
            small.offered(one);
            assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
            small.pass(Duration.ofSeconds(10));
            assertThat(small.offered(two)).isEqualTo(address(FIRST));
            assertThat(small.nak(one.select(FIRST, LabClient.SERVER)).yiaddr()).isEqualTo(Ipv4.ANY);
        }

        @Test
        void aFullPoolOffersNothingUntilALeaseIsOver() {
            for (int i = 1; i <= 3; i++) {
                server.lease(new LabClient(i));
            }
            var late = new LabClient(4);
            server.pass(Server.LEASE_TIME.minusSeconds(1));
            assertThat(server.silence(late.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
            server.pass(Duration.ofSeconds(2));
            assertThat(server.offered(late)).isEqualTo(address(FIRST));
        }

        /// A client that was switched off and on says DISCOVER though its lease runs.
        @Test
        void whoAsksForItsOwnAddressAgainDoesNotLoseItToOthersWhenThePoolIsFull() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            assertThat(small.offered(one)).isEqualTo(address(FIRST));
            small.pass(Duration.ofSeconds(2));
            assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
            assertThat(small.ack(one.select(FIRST, LabClient.SERVER)).yiaddr()).isEqualTo(address(FIRST));
        }

        @Test
        void alsoAtTheVeryEndOfItsLeaseDoesItNotLoseIt() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            small.pass(Server.LEASE_TIME.minusSeconds(5));
            small.offered(one);
            small.pass(Duration.ofSeconds(2));
            assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
            assertThat(small.ack(one.renew(FIRST)).yiaddr()).isEqualTo(address(FIRST));
        }

        @Test
        void theOfferRepeatsWhatTable3Says() {
            var discover = one.discover().withSecs(7).withGiaddr(address(RELAY));
            var offer = server.offer(discover);
            assertThat(offer.op()).isEqualTo(DhcpMessage.Op.BOOTREPLY);
            assertThat(offer.xid()).isEqualTo(discover.xid());
            assertThat(offer.flags()).isEqualTo(discover.flags());
            assertThat(offer.giaddr()).isEqualTo(discover.giaddr());
            assertThat(offer.chaddr()).isEqualTo(discover.chaddr());
            assertThat(offer.ciaddr()).isEqualTo(Ipv4.ANY);
            assertThat(offer.secs()).isZero();
            assertThat(offer.hops()).isZero();
            assertThat(offer.serverIdentifier()).contains(LabClient.SERVER);
        }

        @Test
        void theOfferHasTheLabsOptionsOrWhatTheClientAsksForInItsOrder() {
            assertThat(codes(server.offer(one.discover()))).containsExactly(53, 54, 1, 3, 6, 51);
            var asking = one.discover(new DhcpOption.ParameterRequestList(List.of(59, 28, 1, 15, 99, 58, 28)));
            assertThat(codes(server.offer(asking))).containsExactly(53, 54, 51, 59, 28, 1, 15, 58, 3, 6);
        }

        /// RFC 2132 section 3.3.
        @Test
        void theMaskComesBeforeTheRouterThoughItIsAskedForAfterIt() {
            var asking = one.discover(new DhcpOption.ParameterRequestList(List.of(6, 3, 1)));
            assertThat(codes(server.offer(asking))).containsExactly(53, 54, 51, 6, 1, 3);
        }

        @ParameterizedTest
        @CsvSource({"600, 600", "7200, 3600", "4294967295, 3600", "1, 60", "0, 60"})
        void aShorterLeaseIsGrantedAndALongerOneIsNot(long wished, long granted) {
            var wish = one.discover(new DhcpOption.LeaseTime(Duration.ofSeconds(wished)));
            assertThat(Server.leaseTime(server.offer(wish))).isEqualTo(Duration.ofSeconds(granted));
        }

        @Test
        void whatComesFromARelayOfAnotherNetworkIsNotAnswered() {
            assertThat(server.silence(one.discover().withGiaddr(address("192.168.1.1"))))
                    .isEqualTo(Reason.OTHER_NETWORK);
        }
    }

    /// REQUEST.
    @Nested
    class Section432 {
        @Nested
        class Selecting {
            @Test
            void whatWasOfferedIsAcknowledged() {
                server.offered(one);
                var ack = server.ack(one.select(FIRST, LabClient.SERVER));
                assertThat(ack.yiaddr()).isEqualTo(address(FIRST));
                assertThat(ack.siaddr()).isEqualTo(LabClient.SERVER);
                assertThat(Server.leaseTime(ack)).isEqualTo(Server.LEASE_TIME);
                assertThat(codes(ack)).containsExactly(53, 54, 1, 3, 6, 51);
            }

            @Test
            void theLeaseIsToBeKeptBeforeTheAckIsSent() {
                server.offered(one);
                var changes = server.reply(one.select(FIRST, LabClient.SERVER)).changes();
                assertThat(changes)
                        .singleElement()
                        .satisfies(
                                change -> assertThat(change.lease().address()).isEqualTo(address(FIRST)));
            }

            @Test
            void aRepeatedRequestIsAcknowledgedAgain() {
                server.lease(one);
                assertThat(server.ack(one.select(FIRST, LabClient.SERVER)).yiaddr())
                        .isEqualTo(address(FIRST));
            }

            @Test
            void whoTakesAnotherServersOfferIsNotAnsweredAndOursIsFree() {
                server.offered(one);
                assertThat(server.silence(one.select(FIRST, ANOTHER_SERVER))).isEqualTo(Reason.OTHER_SERVER);
                assertThat(server.offered(two)).isEqualTo(address(FIRST));
            }

            @ParameterizedTest
            @CsvSource({"10.20.30.51", "10.20.30.52", "10.20.30.40", "10.20.30.200", "192.168.1.1"})
            void whatCannotBeLentIsRefused(String wished) {
                server.lease(two);
                server.offered(new LabClient(3));
                var nak = server.nak(one.select(wished, LabClient.SERVER));
                assertThat(nak.yiaddr()).isEqualTo(Ipv4.ANY);
                assertThat(nak.ciaddr()).isEqualTo(Ipv4.ANY);
                assertThat(nak.siaddr()).isEqualTo(Ipv4.ANY);
                assertThat(codes(nak)).containsExactly(53, 54, 56);
            }

            @Test
            void anOfferThatARestartForgotIsStillGood() {
                server.offered(one);
                server.restart();
                assertThat(server.ack(one.select(FIRST, LabClient.SERVER)).yiaddr())
                        .isEqualTo(address(FIRST));
            }
        }

        @Nested
        class InitReboot {
            @Test
            void theClientsOwnAddressIsAcknowledged() {
                server.lease(one);
                assertThat(server.ack(one.reboot(FIRST)).yiaddr()).isEqualTo(address(FIRST));
            }

            @Test
            void theClientsOwnAddressIsAcknowledgedAfterARestartOfTheServer() {
                server.lease(one);
                server.restart();
                assertThat(server.ack(one.reboot(FIRST)).yiaddr()).isEqualTo(address(FIRST));
            }

            @Test
            void anAddressOfAnotherNetworkIsRefused() {
                assertThat(server.nak(one.reboot("192.168.1.1")).serverIdentifier())
                        .contains(LabClient.SERVER);
            }

            @Test
            void anotherAddressThanItsOwnIsRefused() {
                server.lease(one);
                server.lease(two);
                server.nak(one.reboot(SECOND));
                server.nak(one.reboot(THIRD));
            }

            @Test
            void aClientWithoutARecordIsNotAnswered() {
                server.lease(two);
                assertThat(server.silence(one.reboot(FIRST))).isEqualTo(Reason.UNKNOWN_CLIENT);
                assertThat(server.silence(one.reboot(SECOND))).isEqualTo(Reason.UNKNOWN_CLIENT);
                assertThat(server.silence(one.reboot("10.20.30.200"))).isEqualTo(Reason.UNKNOWN_CLIENT);
            }

            @Test
            void throughARelayTheNakHasTheBroadcastFlag() {
                var plain = DhcpMessage.request(
                        7, one.chaddr(), one.reboot("192.168.1.1").options());
                assertThat(server.nak(plain).wantsBroadcast()).isFalse();
                assertThat(server.nak(plain.withGiaddr(address(RELAY))).wantsBroadcast())
                        .isTrue();
            }
        }

        /// RENEWING and REBINDING differ in the address that they are sent to, and in nothing that is in the
        /// message.
        @Nested
        class Renewing {
            @Test
            void theAddressIsLentAnewForTheWholeTime() {
                var small = new Server(FIRST, FIRST);
                small.lease(one);
                small.pass(Server.LEASE_TIME.dividedBy(2));
                var ack = small.ack(one.renew(FIRST));
                assertThat(ack.yiaddr()).isEqualTo(address(FIRST));
                assertThat(ack.ciaddr()).isEqualTo(address(FIRST));
                assertThat(Server.leaseTime(ack)).isEqualTo(Server.LEASE_TIME);
                small.pass(Server.LEASE_TIME.minusSeconds(1));
                assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
                small.pass(Duration.ofSeconds(2));
                assertThat(small.offered(two)).isEqualTo(address(FIRST));
            }

            @Test
            void aLeaseThatIsOverIsRenewedIfNobodyElseHasIt() {
                server.lease(one);
                server.pass(Duration.ofDays(1));
                assertThat(server.ack(one.renew(FIRST)).yiaddr()).isEqualTo(address(FIRST));
            }

            @Test
            void anAddressThatIsAnothersNowIsRefused() {
                var small = new Server(FIRST, FIRST);
                small.lease(one);
                small.pass(Duration.ofDays(1));
                small.lease(two);
                small.nak(one.renew(FIRST));
            }

            @Test
            void anAddressOfAnotherNetworkIsRefused() {
                server.nak(one.renew("192.168.1.1"));
            }

            @Test
            void whoUsesAFreeAddressThatOurRecordsLostMayKeepIt() {
                assertThat(server.ack(one.renew(SECOND)).yiaddr()).isEqualTo(address(SECOND));
                assertThat(server.offered(two)).isEqualTo(address(FIRST));
                assertThat(server.offered(new LabClient(3))).isEqualTo(address(THIRD));
            }

            @Test
            void anAddressThatWeDoNotLendIsNotOurs() {
                assertThat(server.silence(one.renew("10.20.30.200"))).isEqualTo(Reason.UNKNOWN_CLIENT);
            }
        }

        @Test
        void aRequestForNoAddressIsNotAnswered() {
            assertThat(server.silence(one.renew("0.0.0.0"))).isEqualTo(Reason.NO_ADDRESS);
        }
    }

    /// DECLINE.
    @Nested
    class Section433 {
        @Test
        void aDeclinedAddressIsNotLentForTenMinutes() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            assertThat(small.silence(one.decline(FIRST))).isEqualTo(Reason.DECLINED);
            small.restart();
            small.pass(Duration.ofMinutes(10).minusSeconds(1));
            assertThat(small.silence(one.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
            small.nak(two.select(FIRST, LabClient.SERVER));
            small.pass(Duration.ofSeconds(1));
            assertThat(small.offered(two)).isEqualTo(address(FIRST));
        }

        @Test
        void whoDeclinesGetsAnotherAddress() {
            server.lease(one);
            server.handle(one.decline(FIRST));
            assertThat(server.lease(one)).isEqualTo(SECOND);
            server.handle(one.decline(SECOND));
            assertThat(server.lease(one)).isEqualTo(THIRD);
        }

        @Test
        void whoseTheAddressIsNotCannotDeclineIt() {
            server.lease(two);
            assertThat(server.silence(one.decline(FIRST))).isEqualTo(Reason.NOT_ITS_ADDRESS);
            assertThat(server.silence(one.decline(THIRD))).isEqualTo(Reason.NOT_ITS_ADDRESS);
            assertThat(server.ack(two.renew(FIRST)).yiaddr()).isEqualTo(address(FIRST));
        }
    }

    /// RELEASE.
    @Nested
    class Section434 {
        @Test
        void aReleasedAddressIsFree() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            assertThat(small.silence(one.release(FIRST))).isEqualTo(Reason.RELEASED);
            assertThat(small.lease(two)).isEqualTo(FIRST);
        }

        @Test
        void whoseTheAddressIsNotCannotReleaseIt() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            assertThat(small.silence(two.release(FIRST))).isEqualTo(Reason.NOT_ITS_ADDRESS);
            assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
        }

        @Test
        void aReleaseAtAnotherServerChangesNothingHere() {
            var small = new Server(FIRST, FIRST);
            small.lease(one);
            var elsewhere = DhcpMessage.request(
                            7,
                            one.chaddr(),
                            List.of(
                                    new DhcpOption.MessageType(DhcpMessageType.RELEASE),
                                    new DhcpOption.ServerIdentifier(ANOTHER_SERVER)))
                    .withCiaddr(address(FIRST));
            assertThat(small.silence(elsewhere)).isEqualTo(Reason.OTHER_SERVER);
            assertThat(small.silence(two.discover())).isEqualTo(Reason.POOL_EXHAUSTED);
        }
    }

    /// INFORM.
    @Nested
    class Section435 {
        @Test
        void theAckHasNoAddressAndNoTimeAndGoesToTheClient() {
            var reply = server.reply(one.inform("10.20.30.7").withGiaddr(address(RELAY)));
            assertThat(reply.to()).isEqualTo(new Destination.Client(address("10.20.30.7")));
            assertThat(reply.message().yiaddr()).isEqualTo(Ipv4.ANY);
            assertThat(codes(reply.message())).containsExactly(53, 54, 1, 3, 6);
            assertThat(reply.changes()).isEmpty();
        }
    }
}
