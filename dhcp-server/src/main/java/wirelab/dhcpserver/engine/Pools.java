package wirelab.dhcpserver.engine;

import java.net.Inet4Address;
import java.util.List;
import wirelab.dhcpserver.engine.network.AddressPool;

/// The pools of a subnet, numbered through. Immutable.
///
/// @param size how many addresses they have
record Pools(List<AddressPool> pools, int size) {
    Pools(List<AddressPool> pools) {
        this(pools, pools.stream().mapToInt(AddressPool::size).sum());
    }

    boolean contains(Inet4Address address) {
        return indexOf(address) >= 0;
    }

    Inet4Address at(int index) {
        int rest = index;
        for (var pool : pools) {
            if (rest < pool.size()) {
                return pool.at(rest);
            }
            rest -= pool.size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    /// The number of `address`; -1 if it is in none of them.
    int indexOf(Inet4Address address) {
        int before = 0;
        for (var pool : pools) {
            if (pool.contains(address)) {
                return before + pool.indexOf(address);
            }
            before += pool.size();
        }
        return -1;
    }
}
