package wirelab.dhcpserver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/// One `KEY=VALUE`. Immutable.
record Setting(String key, String value) {
    /// Reads `KEY=VALUE,KEY=VALUE`.
    static List<Setting> list(String text) {
        var settings = new ArrayList<Setting>();
        for (var word : text.split(",", -1)) {
            settings.add(parse(word));
        }
        return settings;
    }

    static Setting parse(String word) {
        int equals = word.indexOf('=');
        if (equals < 1 || equals == word.length() - 1) {
            throw new TypeConversionException("'" + word + "' is not KEY=VALUE like router=10.20.30.1");
        }
        return new Setting(word.substring(0, equals).strip().toLowerCase(Locale.ROOT), word.substring(equals + 1));
    }

    TypeConversionException wrong(String why) {
        return new TypeConversionException("'" + key + "=" + value + "': " + why);
    }
}
