package wirelab.dhcpserver.config;

import picocli.CommandLine.ITypeConverter;

/// Reads `--option`. Immutable.
final class SettingConverter implements ITypeConverter<Setting> {
    @Override
    public Setting convert(String text) {
        return Setting.parse(text);
    }
}
