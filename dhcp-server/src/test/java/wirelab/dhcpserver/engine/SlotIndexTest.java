package wirelab.dhcpserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import wirelab.testing.Property;

class SlotIndexTest {
    @Property(tries = 200)
    void eachSlotIsFoundByItsHashUntilItIsRemoved(RandomGenerator random) {
        var index = new SlotIndex();
        Map<Integer, Integer> hashOfSlot = new HashMap<>();
        int hashes = 1 + random.nextInt(20);
        for (int i = random.nextInt(600); i > 0; i--) {
            int slot = random.nextInt(200);
            if (hashOfSlot.remove(slot) != null) {
                index.remove(slot);
            } else {
                int hash = random.nextInt(hashes) * 0x10000;
                index.add(hash, slot);
                hashOfSlot.put(slot, hash);
            }
        }
        for (int i = 0; i < hashes; i++) {
            int hash = i * 0x10000;
            assertThat(found(index, hash)).isEqualTo(withHash(hashOfSlot, hash));
        }
    }

    private static Set<Integer> found(SlotIndex index, int hash) {
        Set<Integer> found = new HashSet<>();
        for (int slot = index.first(hash); slot >= 0; slot = index.next(slot)) {
            assertThat(found.add(slot)).as("slot %d comes once", slot).isTrue();
        }
        return found;
    }

    private static Set<Integer> withHash(Map<Integer, Integer> hashOfSlot, int hash) {
        return hashOfSlot.entrySet().stream()
                .filter(entry -> entry.getValue() == hash)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
