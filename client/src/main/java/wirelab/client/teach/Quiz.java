package wirelab.client.teach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import wirelab.client.capture.Tap.Hit;
import wirelab.client.teach.Question.Answer;

/// Questions that a capture answers, with the answers. Immutable.
public record Quiz(String title, List<Item> items) {
    /// A question with what is right.
    ///
    /// @param question what is asked
    /// @param answer what is right for this capture
    public record Item(Question question, Answer answer) {}

    public Quiz {
        items = List.copyOf(items);
    }

    /// Draws questions that arise in the capture; they keep the bank's order.
    ///
    /// @param hits of each question's tap
    /// @param most how many; those that arise may be fewer
    /// @param seed the same seed draws the same questions from the same capture
    public static Quiz draw(String title, List<Question> bank, List<List<Hit>> hits, int most, long seed) {
        var arising = new ArrayList<Item>();
        for (int i = 0; i < bank.size(); i++) {
            var question = bank.get(i);
            question.answer(hits.get(i)).ifPresent(answer -> arising.add(new Item(question, answer)));
        }
        var places = new ArrayList<Integer>();
        for (int i = 0; i < arising.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed));
        var chosen = places.stream().limit(most).sorted().map(arising::get).toList();
        return new Quiz(title, chosen);
    }

    /// The sheet in Markdown, with room for answers.
    public String sheet() {
        return lines(Optional.empty());
    }

    /// The sheet with the answers, where they are seen and why they are so.
    public String key() {
        return lines(Optional.of("key"));
    }

    private String lines(Optional<String> key) {
        var out = new StringBuilder("# " + title + key.map(word -> ": " + word).orElse("") + "\n");
        int number = 0;
        for (var item : items) {
            out.append("\n")
                    .append(++number)
                    .append(". ")
                    .append(item.question.ask())
                    .append("\n\n");
            if (key.isEmpty()) {
                out.append("   Answer: ______________________   Frame: ________\n");
                continue;
            }
            out.append("   **")
                    .append(item.answer.text())
                    .append("** (frame ")
                    .append(item.answer.frame())
                    .append(")");
            item.question.why().ifPresent(why -> out.append(": ").append(why));
            out.append("\n");
        }
        return out.toString();
    }
}
