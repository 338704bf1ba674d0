package wirelab.client.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import wirelab.client.capture.Tap.Hit;

class QuizTest {
    private static final String BANK = """
            title: t
            questions:
              - {ask: Which xid?, filter: dhcp, field: dhcp.id, as: hex, why: because}
              - {ask: How many?, filter: dns}
              - {ask: Which names?, field: scrap.name, as: list}
              - {ask: Never asked?, filter: icmp}
            """;
    private static final List<List<Hit>> HITS = List.of(
            List.of(new Hit(3, List.of()), new Hit(4, List.of("3735928559"))),
            List.of(new Hit(5, List.of()), new Hit(6, List.of())),
            List.of(new Hit(7, List.of("a.zip", "b.zip", "a.zip"))),
            List.of());

    @Test
    void onlyWhatTheCaptureAnswersIsAsked() throws BadSpecException {
        assertThat(draw(10, 1).items())
                .extracting(
                        item -> item.question().ask(),
                        item -> item.answer().text(),
                        item -> item.answer().frame())
                .containsExactly(
                        tuple("Which xid?", "0xdeadbeef", 4),
                        tuple("How many?", "2", 5),
                        tuple("Which names?", "a.zip, b.zip", 7));
    }

    @Test
    void aSeedDrawsTheSameQuestionsInTheBanksOrder() throws BadSpecException {
        assertThat(draw(2, 5)).isEqualTo(draw(2, 5));
        assertThat(draw(2, 5).items()).hasSize(2);
    }

    @Test
    void theSheetKeepsTheAnswersToItself() throws BadSpecException {
        var quiz = draw(1, 1);
        var answer = quiz.items().getFirst().answer().text();
        assertThat(quiz.sheet())
                .startsWith("# Quiz\n\n1. ")
                .contains("Answer: ____")
                .doesNotContain(answer);
        assertThat(quiz.key()).startsWith("# Quiz: key\n\n1. ").contains("**" + answer + "** (frame ");
    }

    private static Quiz draw(int most, long seed) throws BadSpecException {
        return Quiz.draw("Quiz", SpecReader.questions("bank.yaml", BANK), HITS, most, seed);
    }
}
