package wirelab.sim.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wirelab.sim.Bottleneck;

class LinkSettingsTest {
    @Test
    void everyWordHasItsMeaning() {
        var settings = LinkSettings.parse("loss=5%,delay=20ms,jitter=5ms,reorder=1%,hold=7ms,duplicate=2%,corrupt=0.1%,"
                + "rate=10mbit,queue=100,seed=1");
        var impairment = settings.impairment();
        assertThat(impairment.loss()).isEqualTo(0.05);
        assertThat(impairment.latency()).isEqualTo(Duration.ofMillis(20));
        assertThat(impairment.jitter()).isEqualTo(Duration.ofMillis(5));
        assertThat(impairment.reordering()).isEqualTo(0.01);
        assertThat(impairment.holdBack()).isEqualTo(Duration.ofMillis(7));
        assertThat(impairment.duplication()).isEqualTo(0.02);
        assertThat(impairment.corruption()).isEqualTo(0.001);
        assertThat(settings.bottleneck()).isEqualTo(new Bottleneck(10_000_000, 100));
        assertThat(settings.seed()).hasValue(1);
    }

    @Test
    void theOrderOfTheWordsAndSpacesAboutThemDoNotMatter() {
        assertThat(LinkSettings.parse(" delay = 20ms, loss=5% ")).isEqualTo(LinkSettings.parse("loss=5%,delay=20ms"));
    }

    @Test
    void aRateHasAQueueAndReorderingATimeAlsoWhereNoneIsSaid() {
        assertThat(LinkSettings.parse("rate=1mbit").bottleneck().queue()).isEqualTo(256);
        assertThat(LinkSettings.parse("reorder=1%").impairment().holdBack()).isEqualTo(Duration.ofMillis(10));
        assertThat(LinkSettings.parse("reorder=1%,delay=50ms").impairment().holdBack())
                .isEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource({"20ms,20000000", "2s,2000000000", "500us,500000", "0.5ms,500000", "0s,0", "60s,60000000000"})
    void timesHaveTheUnitsOfTc(String text, long nanos) {
        assertThat(LinkSettings.parse("delay=" + text).impairment().latency()).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({"10mbit,10000000", "500kbit,500000", "1gbit,1000000000", "9600bit,9600", "1.5mbit,1500000"})
    void ratesHaveTheUnitsOfTc(String text, long bits) {
        assertThat(LinkSettings.parse("rate=" + text).bottleneck().bitsPerSecond())
                .isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=5%,delay=20ms,jitter=500us,reorder=1%,hold=10ms,duplicate=1%,corrupt=0.1%,rate=10mbit,queue=256,seed=1",
                "delay=2s",
                "rate=500kbit,queue=7",
                "rate=9600bit,queue=256",
                "loss=33.3%,seed=0",
                "delay=0.25us"
            })
    void whatIsPrintedIsReadBack(String text) {
        assertThat(LinkSettings.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | a word is missing: write words like loss=5%,delay=20ms between commas",
                "loss=5%, | a word is missing: write words like loss=5%,delay=20ms between commas",
                "loss 5% | 'loss 5%' has no value: write words like loss=5%,delay=20ms between commas",
                "=5% | '=5%' has no value: write words like loss=5%,delay=20ms between commas",
                "los=5% | 'los' is not a word of it: there are loss, delay, jitter, reorder, hold, duplicate, corrupt, rate, queue and seed, as loss=5%,delay=20ms",
                "loss=5 | loss: '5' is not a share like 5% or 0.1%",
                "loss=-5% | loss: '-5%' is not a share like 5% or 0.1%",
                "duplicate=101% | duplicate: '101%' is more than 100%",
                "loss=5%,loss=6% | loss is there twice: keep one",
                "delay=20 | delay: '20' is not a time like 20ms, 2s or 500us",
                "delay=20 ms | delay: '20 ms' is not a time like 20ms, 2s or 500us",
                "jitter= | jitter: '' is not a time like 20ms, 2s or 500us",
                "delay=61s | delay: '61s' is too long: at most 60s",
                "rate=10 | rate: '10' is not a rate like 10mbit, 500kbit or 1gbit",
                "rate=10mbps | rate: '10mbps' is not a rate like 10mbit, 500kbit or 1gbit",
                "rate=0mbit | rate: '0mbit' is not between 1bit and 100gbit",
                "rate=101gbit | rate: '101gbit' is not between 1bit and 100gbit",
                "queue=10 | queue does nothing without rate=10mbit: add that, or leave it out",
                "rate=1mbit,queue=0 | queue: '0' is not a number of packets from 1 to 65536, like 256",
                "rate=1mbit,queue=65537 | queue: '65537' is not a number of packets from 1 to 65536, like 256",
                "hold=5ms | hold does nothing without reorder=1%: add that, or leave it out",
                "seed=x | seed: 'x' is not a whole number of up to 18 digits, like 1",
                "seed=-1 | seed: '-1' is not a whole number of up to 18 digits, like 1",
            })
    void aWrongWordIsNamedWithItsMend(String text, String message) {
        assertThatThrownBy(() -> LinkSettings.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aSeedAloneChangesNothing() {
        assertThat(LinkSettings.parse("seed=1").isNone()).isTrue();
        assertThat(LinkSettings.parse("loss=0%").isNone()).isTrue();
        assertThat(LinkSettings.parse("rate=1gbit").isNone()).isFalse();
    }
}
