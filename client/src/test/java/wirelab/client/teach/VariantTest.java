package wirelab.client.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariantTest {
    /// What was handed out once must stay: grading specs go by it.
    @Test
    void anIdAlwaysGivesTheSameLab() {
        var anna = Variant.of("anna");
        assertThat(anna.facts())
                .containsEntry("lease", "10.20.30.58")
                .containsEntry("pool", "10.20.30.58-10.20.30.254")
                .containsEntry("name", "anna.example")
                .containsEntry("user", "anna")
                .containsEntry("seed", "23149774");
        assertThat(Variant.of("Anna").lease()).isEqualTo(anna.lease());
    }

    @Test
    void namesFitTheDns() {
        assertThat(Variant.of("A.B_c@example.org").name()).isEqualTo("a-b-c-example-org.example");
        assertThat(Variant.of("x-").name()).isEqualTo("x.example");
    }

    @Test
    void aClassHasManyAddressesAndFiles() {
        var all = IntStream.range(0, 100)
                .mapToObj(number -> Variant.of("s" + number))
                .toList();
        assertThat(all.stream().map(Variant::lease).collect(Collectors.toSet())).hasSizeGreaterThan(60);
        assertThat(all.stream().map(Variant::files).collect(Collectors.toSet())).hasSize(100);
        assertThat(all).allSatisfy(variant -> {
            int host = Integer.parseInt(variant.lease().replaceAll(".*\\.", ""));
            assertThat(host).isBetween(51, 200);
            assertThat(variant.files().stream().map(Variant.Sample::name)).doesNotHaveDuplicates();
        });
    }

    @Test
    void whatIsNoIdIsRefused() {
        for (var id : new String[] {"", "-a", "a b", "a/b", "\u00e9", "a".repeat(33)}) {
            assertThatThrownBy(() -> Variant.of(id)).hasMessageContaining("is no student's id");
        }
    }
}
