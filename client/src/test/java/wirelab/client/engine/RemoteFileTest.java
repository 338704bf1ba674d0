package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.testing.Property;

class RemoteFileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "/etc/passwd",
                "a/b",
                "..\\x",
                "C:\\x",
                "x\n",
                "x\u0000y",
                "\u001b[2J",
                "x\u202egpj.exe",
                "\u009b2J",
                "\ud800"
            })
    void refusesANameThatIsMoreThanAName(String name) {
        assertThat(new RemoteFile(name).fault()).isPresent();
    }

    @Test
    void refusesANameThatNoFileSystemTakes() {
        assertThat(new RemoteFile("x".repeat(255)).fault()).isEmpty();
        assertThat(new RemoteFile("x".repeat(256)).fault()).isPresent();
        assertThat(new RemoteFile("é".repeat(128)).fault()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"50MB.zip", "my file.txt", "...", "..x", "x..", "Käse.pdf", "a;b", "100%.txt", "日本.png"})
    void takesAnyOtherName(String name) {
        assertThat(new RemoteFile(name).fault()).isEmpty();
    }

    @Property(tries = 2000)
    void staysInItsDirectoryWhateverTheName(RandomGenerator random) {
        var letters = "./\\.a\u0000:~ ";
        var name = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        var file = new RemoteFile(name.toString());
        if (file.fault().isEmpty()) {
            var directory = Path.of("/tmp/output");
            var place = directory.resolve(file.name()).normalize();
            assertThat(place.getParent()).isEqualTo(directory);
        }
    }

    @Test
    void asksForItByAPath() {
        assertThat(new RemoteFile("50MB.zip").requestTarget()).isEqualTo("/50MB.zip");
        assertThat(new RemoteFile("my file?.txt").requestTarget()).isEqualTo("/my%20file%3F.txt");
    }
}
