package wirelab.client;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import wirelab.client.output.Printable;
import wirelab.daemon.ExitCode;
import wirelab.daemon.ExitException;

/// Text that a user names on the command line.
final class TextFile {
    private static final long LARGEST = 1 << 20;

    private TextFile() {}

    /// Reads it.
    ///
    /// @param what it should be, for what is wrong with it
    static String read(Path file, String what) throws IOException, ExitException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ExitException(
                        ExitCode.CONFIG, Printable.of(file.toString()) + ": no " + what + " is longer than 1 MB");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ExitException(ExitCode.CONFIG, "no " + what + " " + Printable.of(file.toString()), e);
        } catch (MalformedInputException e) {
            throw new ExitException(ExitCode.CONFIG, Printable.of(file.toString()) + " is not in UTF-8", e);
        }
    }
}
