package wirelab.dhcpserver.engine.network;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wirelab.dhcp.DhcpOption;

/// What a client is told: configuration parameters, in the word of RFC 2131. Immutable.
///
/// @param options each code once
/// @param leaseTime the longest that an address is lent for
/// @param nextServer `siaddr`: where the boot file is
/// @param bootFile `file`: its name, or empty
public record Parameters(
        List<DhcpOption> options, Optional<Duration> leaseTime, Optional<Inet4Address> nextServer, String bootFile) {
    public static final Parameters NONE = new Parameters(List.of(), Optional.empty(), Optional.empty(), "");

    public Parameters {
        options = List.copyOf(options);
    }

    public static Parameters of(List<DhcpOption> options) {
        return new Parameters(options, Optional.empty(), Optional.empty(), "");
    }

    public Parameters withLeaseTime(Duration time) {
        return new Parameters(options, Optional.of(time), nextServer, bootFile);
    }

    /// These, and of `general` what is not said here.
    public Parameters over(Parameters general) {
        var all = new ArrayList<>(options);
        general.options.stream()
                .filter(option -> option(option.code()).isEmpty())
                .forEach(all::add);
        return new Parameters(
                all,
                leaseTime.or(general::leaseTime),
                nextServer.or(general::nextServer),
                bootFile.isEmpty() ? general.bootFile : bootFile);
    }

    public Optional<DhcpOption> option(int code) {
        for (var option : options) {
            if (option.code() == code) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
