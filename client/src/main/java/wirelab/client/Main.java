package wirelab.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import wirelab.daemon.Program;

/// The command line of the client; each subcommand is a class of its own.
@Command(
        name = "client",
        description = "Speaks with the lab's servers: the whole sequence by `run`, or each step alone.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DhcpCommand.class,
            DnsCommand.class,
            EchoCommand.class,
            StatCommand.class,
            ListCommand.class,
            GetCommand.class,
            PlotCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            LintCommand.class,
            GradeCommand.class,
            QuizCommand.class,
            StudentCommand.class
        },
        footer = {
            "",
            "Exit status: 0 done; 1 no such name or file, or no echo came back;",
            "2 wrong usage; 69 a peer did not answer; 74 a file or a socket failed;",
            "76 a peer broke its protocol; 77 no permission; 78 configuration;",
            "130 interrupted."
        })
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    boolean version;

    public static void main(String[] arguments) {
        System.exit(new Program(new Main()).run(arguments));
    }
}
