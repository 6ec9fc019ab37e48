package dev.wheelhouse.tools;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Tells addresses of the public internet from all others.
final class Addresses {

    /// First bytes and how many bits of them count: everything that is not somebody's public host (RFC 6890 and later),
    /// and every way to write an IPv4 address inside an IPv6 one.
    private record Block(int bits, int... start) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int wanted = bit / 8 < start.length ? start[bit / 8] : 0;
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> FOUR = List.of(
            new Block(8, 0),
            new Block(8, 10),
            new Block(10, 100, 64),
            new Block(8, 127),
            new Block(16, 169, 254),
            new Block(12, 172, 16),
            new Block(24, 192, 0, 0),
            new Block(24, 192, 0, 2),
            new Block(24, 192, 88, 99),
            new Block(16, 192, 168),
            new Block(15, 198, 18),
            new Block(24, 198, 51, 100),
            new Block(24, 203, 0, 113),
            new Block(4, 224),
            new Block(4, 240));

    private static final Block PUBLIC_SIX = new Block(3, 0x20);

    private static final List<Block> SIX = List.of(
            new Block(23, 0x20, 0x01, 0x00),
            new Block(32, 0x20, 0x01, 0x0d, 0xb8),
            new Block(16, 0x20, 0x02),
            new Block(20, 0x3f, 0xff));

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? PUBLIC_SIX.contains(bytes) && SIX.stream().noneMatch(block -> block.contains(bytes))
                : FOUR.stream().noneMatch(block -> block.contains(bytes));
    }
}
