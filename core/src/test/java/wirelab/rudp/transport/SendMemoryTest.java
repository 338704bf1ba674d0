package wirelab.rudp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendMemoryTest {
    @Test
    void eachGetsNoMoreThanIsLeftAndALittleInAnyCase() {
        var memory = new SendMemory(1 << 20);
        long all = 0;
        for (int i = 0; i < 100; i++) {
            long its = memory.limit(0);
            assertThat(its).isGreaterThanOrEqualTo(SendMemory.LEAST);
            memory.change(its);
            all += its;
        }
        assertThat(all).isLessThanOrEqualTo((1 << 20) + 100 * SendMemory.LEAST);
        assertThat(memory.used()).isEqualTo(all);
    }

    @Test
    void whatOneHasCountsForIt() {
        var memory = new SendMemory(1 << 20);
        memory.change(1 << 19);
        assertThat(memory.limit(1 << 19)).isEqualTo(1 << 19);
        memory.change(-(1 << 19));
        assertThat(memory.limit(0)).isEqualTo(1 << 19);
    }
}
