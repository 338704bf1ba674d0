package wirelab.client.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LintTest {
    /// Everything is said, and rightly.
    private static final String RIGHT = """
            # DHCP
            - Packet 1: DHCP DISCOVER of the client.
            - Packet 2: DHCP OFFER.
            - Packet 3: DHCP REQUEST, 0.0.0.0 -> 255.255.255.255
            - Packet 4: DHCP NAK of a server of another network; the client goes on.
            - Packet 5: DHCP ACK.
            # RUDP
            - Packet 6: SIGNECHO, ID: 290
            - Packet 7: ECHOREPLY, in which the proxy sends the client's time back (32 bytes)
            # The list
            - Packets 8 to 10: a three-way handshake.
            - Packet 11: [PSH, ACK] 127.0.0.10 → 127.0.0.5, the request.
            - Packet 12: the ACK for it.
            - Packet 13: the list (54 bytes) from the scrap server.
            - Packets 14 to 16: both ends close at the same time.
            - Packet 17: ACKGET with 100MB.zip and image-site.png.
            # Files
            - Packets 18 to 20: handshake
            - Packet 21: GET /100MB.zip, of 52,428,800 octets whatever its name says.
            - Packet 22: 200 OK.
            - Packets 23 and 24: [FIN, ACK], 100MB.zip is there.
            - Packets 25-27: handshake
            - Packet 28: GET /image-site.png
            - Packet 29: 200 OK
            - Packets 30 and 31: [FIN, ACK], image-site.png is there.
            """;

    @Test
    void aRightReportHasNoFindings() {
        assertThat(Lint.of(RIGHT, LabCapture.made())).isEmpty();
    }

    @Test
    void aPacketThatNobodyExplainsIsMissing() {
        assertThat(one(RIGHT.replace("- Packet 4: DHCP NAK of a server of another network; the client goes on.\n", "")))
                .isEqualTo("MISSING 0 packet 4 is not explained: DHCP NAK from 192.168.214.254");
    }

    @Test
    void aSizeThatBeliesItsNameMustBeSaid() {
        assertThat(one(RIGHT.replace(", of 52,428,800 octets whatever its name says", "")))
                .startsWith("DOUBTFUL 0 100MB.zip has 52,428,800 octets, as packet 22 says");
    }

    @Test
    void theFileThatAConnectionCarriesIsKnown() {
        assertThat(one(RIGHT.replace("[FIN, ACK], image-site.png is there", "[FIN, ACK], 100MB.zip is there")))
                .isEqualTo("WRONG 25 packets 30 to 31: this connection carries image-site.png, not 100MB.zip");
    }

    @Test
    void aFramesLengthIsNoStatus() {
        assertThat(one(RIGHT.replace("GET /image-site.png", "[200 GET /image-site.png HTTP/1.1]")))
                .isEqualTo("WRONG 23 packet 28: a request has no status; 200 is the frame's length in octets");
    }

    @Test
    void namesOfFilesAreToldApartByCase() {
        assertThat(one(RIGHT.replace("100MB.zip and image-site.png", "100MB.zip and Image-site.png")))
                .isEqualTo("WRONG 16 Image-site.png: in the list of packet 17 it is image-site.png");
    }

    @Test
    void octetsThatAreInAnotherPacketAreFoundThere() {
        assertThat(one(RIGHT.replace("the ACK for it", "the ACK, with the list in its data (54 bytes)")))
                .isEqualTo("WRONG 13 packet 12 carries 0 octets of data, not 54; packet 13 has these: "
                        + "the scrap server's list from 127.0.0.5");
    }

    @Test
    void aSimultaneousCloseIsNoPlainOne() {
        assertThat(one(RIGHT.replace("both ends close at the same time", "the connection is closed")))
                .startsWith("DOUBTFUL 15 packets 14 to 16: the close is simultaneous: "
                        + "the FIN of packet 15 acknowledges 55, so its sender had not yet seen the FIN of packet 14");
    }

    @Test
    void anEchoBringsTheClientsTime() {
        assertThat(one(RIGHT.replace("in which the proxy sends the client's time back", "the server sent the time")))
                .isEqualTo("WRONG 9 packet 7: the time is the client's own, sent in packet 6 and brought back unread");
    }

    @Test
    void addressesFlagsMessagesAndIdsAreCompared() {
        assertThat(one(RIGHT.replace("127.0.0.10 → 127.0.0.5", "127.0.0.5 → 127.0.0.10")))
                .isEqualTo("WRONG 12 packet 11 goes from 127.0.0.10 to 127.0.0.5");
        assertThat(one(RIGHT.replace("[PSH, ACK]", "[SYN]")))
                .isEqualTo("WRONG 12 packet 11: the flags are [PSH, ACK], not [SYN]");
        assertThat(one(RIGHT.replace("Packet 2: DHCP OFFER", "Packet 2: DHCP ACK")))
                .isEqualTo("WRONG 3 packet 2 is DHCP OFFER, not DHCP ACK");
        assertThat(one(RIGHT.replace("ID: 290", "ID: 291"))).isEqualTo("WRONG 8 packet 6 has id 290, not 291");
        assertThat(one(RIGHT.replace("Packets 25-27: handshake", "Packets 25-27, handshake")
                        .replace("Packets 18 to 20: handshake", "Packets 17 to 20: handshake")))
                .isEqualTo("WRONG 18 packets 17 to 20: a three-way handshake is [SYN], [SYN, ACK], [ACK]; "
                        + "these are [RUDP], [SYN], [SYN, ACK], [ACK]");
        assertThat(one(RIGHT + "- Packet 32: the end\n"))
                .isEqualTo("WRONG 26 packet 32: the capture has packets 1 to 31");
    }

    @Test
    void aClaimGoesOnOverLinesAndEndsAtTheNext() {
        var claims = Claim.in("""
                The packets 3 to
                Packet 4: one
                two

                three
                * This is the packet 5 : and packet 6 only mentioned
                Frame 21: 76 bytes on wire (608 bits), 76 bytes captured (608 bits) on interface any, id 0
                These frames 7 – 9: all
                """);
        assertThat(claims)
                .containsExactly(
                        new Claim(1, 3, 3, "to"),
                        new Claim(2, 4, 4, ": one two"),
                        new Claim(6, 5, 5, ": and packet 6 only mentioned"),
                        new Claim(8, 7, 9, ": all"));
    }

    /// The only finding, as `KIND LINE TEXT`.
    private static String one(String report) {
        var findings = Lint.of(report, LabCapture.made());
        assertThat(findings).as("%s", findings).hasSize(1);
        var finding = findings.getFirst();
        return finding.kind() + " " + finding.line() + " " + finding.text();
    }
}
