package wirelab.dnsserver.engine.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wirelab.dns.DnsName;
import wirelab.testing.Property;
import wirelab.wire.Bytes;
import wirelab.wire.WireWriter;

class NameTableTest {
    private static final List<String> LABELS = List.of("a", "B", "example", "EXAMPLE", "com", "\\000", "x-y", "*");

    private static DnsName name(RandomGenerator random) {
        var name = DnsName.ROOT;
        for (int i = random.nextInt(5); i > 0; i--) {
            name = DnsName.of(LABELS.get(random.nextInt(LABELS.size()))).under(name);
        }
        return name;
    }

    @Property(tries = 50)
    void aNameIsFoundInAnyCaseAndNoOtherIs(RandomGenerator random) {
        var places = new HashMap<DnsName, Integer>();
        var out = new WireWriter();
        for (int i = 0; i < 40; i++) {
            var name = name(random);
            if (places.putIfAbsent(name, out.position()) == null) {
                out.bytes(name.toBytes());
            }
        }
        var table = new NameTable(out.toBytes().toArray(), places.size());
        places.forEach(table::add);
        for (int i = 0; i < 200; i++) {
            var name = name(random);
            var key = NameKey.of(name);
            for (int end = 0; end <= key.labels(); end++) {
                assertThat(table.find(key, end)).isEqualTo(places.getOrDefault(name, NameTable.NONE));
                name = name.isRoot() ? name : name.parent();
            }
        }
    }

    @Test
    void whatIsNoWholeNameIsNoKey() {
        for (var hex : List.of("", "03777777", "0377777703", "c00c", "40", "03c000", "3f" + "61".repeat(62))) {
            var octets = Bytes.hex(hex).toArray();
            assertThat(new NameKey().read(octets, 0, octets.length)).as(hex).isEqualTo(-1);
        }
    }

    @Test
    void aNameHasUpTo255Octets() {
        var longest = Bytes.hex(("3f" + "61".repeat(63)).repeat(3) + "3d" + "61".repeat(61) + "00");
        assertThat(longest.size()).isEqualTo(255);
        assertThat(new NameKey().read(longest.toArray(), 0, 255)).isEqualTo(255);
        var over = Bytes.hex(("3f" + "61".repeat(63)).repeat(3) + "3e" + "61".repeat(62) + "00");
        assertThat(new NameKey().read(over.toArray(), 0, 256)).isEqualTo(-1);
    }

    @Test
    void aNameMayHave127Labels() {
        var most = Bytes.hex("0161".repeat(127) + "00").toArray();
        var key = new NameKey();
        assertThat(key.read(most, 0, most.length)).isEqualTo(255);
        assertThat(key.labels()).isEqualTo(127);
    }
}
