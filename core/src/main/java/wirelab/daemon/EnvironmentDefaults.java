package wirelab.daemon;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What an option is when the command line does not say: `--lease-time` is read from `WIRELAB_LEASE_TIME`, and only
/// then falls back to the default in the code. Immutable.
public record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {
    public EnvironmentDefaults {
        environment = Map.copyOf(environment);
    }

    /// The variable that stands for an option, as `WIRELAB_LEASE_TIME` for `--lease-time`.
    public static String variable(String longestName) {
        return "WIRELAB_"
                + longestName.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()
                ? environment.get(variable(option.longestName()))
                : null;
    }
}
