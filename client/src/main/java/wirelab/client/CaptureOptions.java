package wirelab.client;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import wirelab.client.capture.Tshark;
import wirelab.daemon.ExitException;

/// Which capture, and what decodes it: a `@Mixin` of the commands that read one.
final class CaptureOptions {
    @Parameters(paramLabel = "CAPTURE", description = "A capture, as pcap or pcapng.")
    Path capture = Path.of("");

    @Mixin
    DissectorOptions dissectors = new DissectorOptions();

    Tshark tshark() throws ExitException {
        return dissectors.tshark();
    }
}
