package wirelab.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wirelab.rudp.congestion.Congestion;
import wirelab.sim.impair.ImpairmentRule;
import wirelab.sim.impair.LinkSettings;

/// A command line of the suite: picocli with our value types, `WIRELAB_*` defaults, `@file` and exit codes.
/// Immutable.
public final class Program {
    private final CommandLine commandLine;

    /// Prepares the command line of `command`.
    ///
    /// @param command an object that picocli understands, annotated with `@Command`
    public Program(Object command) {
        this(command, System.getenv());
    }

    Program(Object command, Map<String, String> environment) {
        commandLine = new CommandLine(command)
                .registerConverter(Inet4Address.class, Values::ipv4)
                .registerConverter(InetSocketAddress.class, Values::socketAddress)
                .registerConverter(Duration.class, Values::duration)
                .registerConverter(LinkSettings.class, Values::impairment)
                .registerConverter(ImpairmentRule.class, Values::impairmentRule)
                .registerConverter(Congestion.class, Values::congestion)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Program::usageError)
                .setExecutionExceptionHandler(Program::failed)
                .setExitCodeExceptionMapper(Program::exitCodeOf);
        versionFromManifest(commandLine.getCommandSpec());
    }

    /// For tests: says what is wrong there instead of on stderr.
    public Program errorsTo(PrintWriter err) {
        commandLine.setErr(err);
        return this;
    }

    /// For tests: says there what it would say on stdout.
    public Program outputTo(PrintWriter out) {
        commandLine.setOut(out);
        return this;
    }

    /// Runs to the end and returns the number for `System.exit`.
    public int run(String... arguments) {
        return commandLine.execute(arguments);
    }

    /// Reads the arguments into the command again, with what their files say now, and runs nothing.
    ///
    /// @throws ExitException if they are not understood
    public void read(String... arguments) throws ExitException {
        try {
            commandLine.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            throw new ExitException(ExitCode.USAGE, describe(e), e);
        }
    }

    private static void versionFromManifest(CommandSpec spec) {
        var version = Program.class.getPackage().getImplementationVersion();
        spec.version(spec.name() + " " + (version == null ? "(not from a jar)" : version));
        spec.subcommands().values().forEach(sub -> versionFromManifest(sub.getCommandSpec()));
    }

    private static int usageError(CommandLine.ParameterException error, String[] arguments) {
        var command = error.getCommandLine();
        var err = command.getErr();
        report(err, command.getCommandSpec().qualifiedName(), describe(error));
        CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        var name = command.getCommandSpec().qualifiedName();
        switch (error) {
            case ExitException exit -> report(command.getErr(), name, describe(exit));
            case IOException io -> report(command.getErr(), name, describe(io));
            default -> error.printStackTrace(command.getErr());
        }
        return exitCodeOf(error);
    }

    private static int exitCodeOf(Throwable error) {
        var code = switch (error) {
            case ExitException exit -> exit.code();
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            case CommandLine.ParameterException _ -> ExitCode.USAGE;
            default -> ExitCode.IO;
        };
        return code.number();
    }

    private static String describe(Exception error) {
        var message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static void report(PrintWriter err, String name, String message) {
        err.println(name + ": " + message);
    }
}
