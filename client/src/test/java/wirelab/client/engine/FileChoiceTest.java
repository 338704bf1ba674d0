package wirelab.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.client.engine.FileChoice.Chosen;

class FileChoiceTest {
    private final FileChoice choice =
            new FileChoice(List.of("50MB.zip", "100MB.zip", "500MB.zip", "image-site.png", "task2.pdf"));

    @Test
    void takesANameForAName() {
        assertThat(choice.words(List.of("task2.pdf"))).isEqualTo(files("task2.pdf"));
    }

    @Test
    void takesANumberForAPlaceInTheList() {
        assertThat(choice.words(List.of("1", "4"))).isEqualTo(files("50MB.zip", "image-site.png"));
    }

    @Test
    void takesARangeForAllInIt() {
        assertThat(choice.words(List.of("2-4"))).isEqualTo(files("100MB.zip", "500MB.zip", "image-site.png"));
    }

    @Test
    void takesAFileThatIsNamedLikeANumberForThatFile() {
        assertThat(new FileChoice(List.of("2", "1")).words(List.of("2"))).isEqualTo(files("2"));
    }

    @Test
    void choosesEachFileOnce() {
        assertThat(choice.words(List.of("1", "50MB.zip", "1-2"))).isEqualTo(files("50MB.zip", "100MB.zip"));
    }

    @Test
    void takesNoNumberWhereOnlyNamesAreMeant() {
        assertThat(choice.names(List.of("1"))).isInstanceOf(Chosen.Unknown.class);
    }

    @Test
    void takesEveryFile() {
        assertThat(choice.all()).isEqualTo(new Chosen.Files(choice.offered()));
    }

    @Test
    void namesWhatIsNearAnUnknownName() {
        assertThat(choice.words(List.of("50mb.zpi"))).isEqualTo(new Chosen.Unknown("50mb.zpi", List.of("50MB.zip")));
        assertThat(choice.words(List.of("task"))).isEqualTo(new Chosen.Unknown("task", List.of("task2.pdf")));
        assertThat(choice.words(List.of("qqqqqqqq"))).isEqualTo(new Chosen.Unknown("qqqqqqqq", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "4-2", "0-1", "999999", "1-", "-1", ""})
    void refusesWhatIsNotInTheList(String word) {
        assertThat(choice.words(List.of(word))).isInstanceOf(Chosen.Unknown.class);
    }

    @Test
    void readsALineOfTheMenu() {
        assertThat(choice.line(" 1, 5 ")).isEqualTo(files("50MB.zip", "task2.pdf"));
        assertThat(choice.line("a")).isEqualTo(choice.all());
        assertThat(choice.line("3 task2.pdf")).isEqualTo(files("500MB.zip", "task2.pdf"));
    }

    @Test
    void readsANameWithSpacesInTheMenu() {
        assertThat(new FileChoice(List.of("my file.txt", "x")).line("my file.txt"))
                .isEqualTo(files("my file.txt"));
    }

    private static Chosen files(String... names) {
        return new Chosen.Files(List.of(names));
    }
}
