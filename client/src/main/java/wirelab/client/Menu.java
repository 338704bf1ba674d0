package wirelab.client;

import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import wirelab.client.engine.FileChoice;
import wirelab.client.engine.FileChoice.Chosen;
import wirelab.client.output.Printable;
import wirelab.client.output.Screen;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Asks on the terminal which files are wanted.
final class Menu {
    private Menu() {}

    /// Shows the list and asks until an answer makes sense; none if the user wants none.
    static List<String> ask(Screen screen, FileChoice choice) {
        var console = Optional.ofNullable(System.console());
        ListCommand.numbered(choice.offered()).forEach(line -> screen.note(line));
        while (true) {
            var line = console.map(Menu::read).orElse("q").strip();
            if (line.equals("q")) {
                return List.of();
            }
            if (!line.isEmpty()) {
                switch (choice.line(line)) {
                    case Chosen.Files(var names) -> {
                        return names;
                    }
                    case Chosen.Unknown unknown -> screen.warn(describe(unknown, choice));
                }
            }
        }
    }

    private static String read(Console console) {
        var line = console.readLine("Which files? Numbers or names, a for all, q for none: ");
        return Optional.ofNullable(line).orElse("q"); // The end of the input, ^D.
    }

    /// The files, or the error that there is no such file.
    static List<String> orFail(Chosen chosen, FileChoice choice) throws ExitException {
        return switch (chosen) {
            case Chosen.Files(var names) -> names;
            case Chosen.Unknown unknown -> throw new ExitException(ExitCode.CHECK_FAILED, describe(unknown, choice));
        };
    }

    private static String describe(Chosen.Unknown unknown, FileChoice choice) {
        var hint = unknown.near().isEmpty()
                ? "the list has 1 to " + choice.offered().size() + ": " + join(choice.offered())
                : "did you mean " + join(unknown.near()) + "?";
        return "no file '" + Printable.of(unknown.word()) + "' in the list: " + hint;
    }

    private static String join(List<String> names) {
        return names.stream().limit(10).map(Printable::of).collect(Collectors.joining(", "))
                + (names.size() > 10 ? ", ..." : "");
    }
}
